/// The adapter of a server that stands alone: everybody is local.
public struct InMemoryAdapter: Adapter {
    private unowned let local: any LocalDelivery

    /// An adapter for the sockets behind `local`, which must outlive it.
    public init(local: any LocalDelivery) {
        self.local = local
    }

    public func broadcast(_ packet: EncodedPacket, options: BroadcastOptions) {
        local.deliver(packet, options: options)
    }

    public func join(_ rooms: [Room], options: BroadcastOptions) {
        local.joinLocally(rooms, options: options)
    }

    public func leave(_ rooms: [Room], options: BroadcastOptions) {
        local.leaveLocally(rooms, options: options)
    }

    public func disconnect(options: BroadcastOptions, close: Bool) {
        local.disconnectLocally(options: options, close: close)
    }
}
