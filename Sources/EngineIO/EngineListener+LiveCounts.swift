internal import NIOCore

extension EngineListener {
    /// What a listener has alive: to see that nothing is left when everybody has gone.
    public struct LiveCounts: Sendable, Equatable {
        /// Sessions of all engines.
        public var sessions = 0
        /// HTTP connections that have not become WebSockets; of HTTP/2, also the streams that are open.
        public var connections = 0
        /// WebSockets, those that probe for an upgrade included.
        public var webSockets = 0
        /// Armed timers of connections and sessions.
        public var timers = 0
    }

    /// Counts what is alive, one loop after the other.
    public func liveCounts() async throws -> LiveCounts {
        var counts = LiveCounts()
        for loop in loops.loops {
            let (connections, webSockets, timers) = try await loop.eventLoop.submit {
                (loop.connections.count + loop.multiplexed.count, loop.webSockets.count, loop.wheel.count)
            }.get()
            counts.connections += connections
            counts.webSockets += webSockets
            counts.timers += timers
        }
        counts.sessions = engines.reduce(0) { $0 + $1.sessionCount }
        return counts
    }
}
