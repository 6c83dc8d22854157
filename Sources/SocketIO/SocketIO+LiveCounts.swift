internal import NIOCore
internal import SocketIOCore

extension SocketIO {
    /// What the namespaces have alive: to see that nothing is left when everybody has gone.
    public struct LiveCounts: Sendable, Equatable {
        /// Namespaces, made by hand or as children of a family.
        public var namespaces = 0
        /// Sockets of all namespaces.
        public var sockets = 0
        /// Rooms with somebody in them, a room of the same name counted once a namespace and loop; the sockets'
        /// own rooms are not counted.
        public var rooms = 0
        /// Calls and broadcasts that wait for answers.
        public var calls = 0
    }

    /// Counts what is alive, one loop after the other.
    public func liveCounts() async throws -> LiveCounts {
        var counts = LiveCounts()
        for name in registry.names {
            guard let core = registry.core(name) else { continue }
            counts.namespaces += 1
            for shard in core.shards {
                let (sockets, rooms, calls) = try await shard.eventLoop.submit {
                    let sockets = shard.members(matching: BroadcastOptions())
                    return (
                        sockets.count, shard.rooms.count,
                        shard.callCount + sockets.reduce(0) { $0 + $1.pendingCalls }
                    )
                }.get()
                counts.sockets += sockets
                counts.rooms += rooms
                counts.calls += calls
            }
        }
        return counts
    }
}
