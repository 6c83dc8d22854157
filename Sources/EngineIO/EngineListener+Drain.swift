internal import EngineIOProtocol
internal import NIOCore

/// The end of a listener: the driver of a ``DrainStateMachine``.
extension EngineListener {
    /// Stops accepting, ends all sessions in good order and closes connections as they become idle.
    ///
    /// Returns when every connection is gone or `timeout` is over, whichever comes first.
    public func shutdown(timeout: Duration = .seconds(5)) async throws {
        try await shutdown(drain: timeout, spread: .zero)
    }

    /// Ends a server that has clients without having them all come back at once.
    ///
    /// 1. No connection and no session is taken any more: handshakes on open connections are answered with 503.
    /// 2. Sessions are closed in batches, spread evenly over `spread`. What was sent to a client before still goes
    ///    out; then a WebSocket gets a close frame, a poll a close packet, the next poll if none is held.
    /// 3. Connections are closed as they become idle.
    /// 4. When `drain` is over, what is left is cut.
    ///
    /// Returns when nothing is left.
    ///
    /// - Parameters:
    ///   - drain: the longest that all of it may take.
    ///   - spread: the time over which sessions are closed, at most `drain`.
    ///   - code: what WebSocket clients are told.
    ///   - progress: told after each batch and at the end, on an event loop.
    public func shutdown(
        drain: Duration, spread: Duration, code: ShutdownCode = .goingAway,
        progress: (@Sendable (DrainProgress) -> Void)? = nil
    ) async throws {
        try? await channel.close()
        for engine in engines { engine.acceptsHandshakes = false }
        guard let first = loops.loops.first else { return }
        let sessions = engines.flatMap { $0.sessions.all }
        var machine = DrainStateMachine(
            sessions: sessions.count, now: first.now, spread: spread.milliseconds,
            limit: drain.milliseconds)
        let end = NIODeadline.now() + TimeAmount(drain)
        var closed = 0
        var connectionsLeft: Bool?
        var isCut = false
        while true {
            let left = liveSessions + (connectionsLeft == true ? 1 : 0)
            switch machine.next(now: first.now, left: left) {
            case .close(let count):
                for session in sessions[closed..<min(closed + count, sessions.count)] {
                    session.loop.run { session.closeOnLoop(.serverShuttingDown, code: code.closeCode) }
                }
                closed += count
            case .closeConnections:
                connectionsLeft = try await !closeConnections(before: end)
            case .wait(let until):
                try await first.wait(until: until)
                continue
            case .cut:
                isCut = true
                cutSessions()
            case .done:
                progress?(status(of: sessions.count, closed, isCut: isCut))
                return
            }
            progress?(status(of: sessions.count, closed, isCut: isCut))
        }
    }

    /// - Returns: whether all went before the deadline; those that did not were cut.
    private func closeConnections(before end: NIODeadline) async throws -> Bool {
        for loop in loops.loops {
            loop.eventLoop.execute {
                for connection in loop.connections.values { connection.closeWhenIdle() }
                for connection in loop.multiplexed.values { connection.closeWhenIdle() }
            }
        }
        var areGone = true
        for loop in loops.loops {
            let wasEmptied = try await loop.drained(before: end)
            areGone = areGone && wasEmptied
        }
        // Nobody can come any more: sessions that wait for a last poll wait in vain.
        if areGone { cutSessions() }
        return areGone
    }

    private var liveSessions: Int { engines.reduce(0) { $0 + $1.sessionCount } }

    private func status(of sessions: Int, _ closed: Int, isCut: Bool) -> DrainProgress {
        DrainProgress(
            sessions: sessions, closed: closed, live: liveSessions, isCut: isCut)
    }

    private func cutSessions() {
        for session in engines.flatMap({ $0.sessions.all }) {
            session.loop.run { session.end(.serverShuttingDown, webSocketCode: nil) }
        }
    }
}
