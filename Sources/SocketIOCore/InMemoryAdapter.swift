/// The adapter of a server that stands alone: everybody is local.
public struct InMemoryAdapter: Adapter {
    private unowned let local: any LocalDelivery

    /// An adapter for the sockets behind `local`, which must outlive it.
    public init(local: any LocalDelivery) {
        self.local = local
    }

    /// Makes in-memory adapters.
    public struct Factory: AdapterFactory {
        /// A factory of in-memory adapters.
        public init() {}

        public func makeAdapter(namespace: String, local: any LocalDelivery) -> any Adapter {
            InMemoryAdapter(local: local)
        }
    }

    public var node: NodeID { .alone }

    public func broadcast(_ event: EventPacket, options: BroadcastOptions) {
        local.deliver(event, options: options)
    }

    public func broadcast(
        _ event: EventPacket, options: BroadcastOptions, timeout: Duration, answers: AnswerCollector
    ) {
        answers.expect(nodes: [node])
        local.deliver(event, options: options, timeout: timeout, answers: answers)
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

    public func fetchSockets(
        options: BroadcastOptions, timeout: Duration
    ) async -> ClusterAnswer<[SocketDetails]> {
        ClusterAnswer(await local.fetchLocally(options: options))
    }

    public func rooms(timeout: Duration) async -> ClusterAnswer<Set<Room>> {
        ClusterAnswer(await local.localRooms())
    }

    public func serverSideEmit(_ event: EventPacket) {}

    public func serverSideCall(_ event: EventPacket, timeout: Duration) async -> ClusterAnswer<[ServerAnswer]>
    {
        ClusterAnswer([])
    }

    public func serverCount() async -> Int { 1 }
}
