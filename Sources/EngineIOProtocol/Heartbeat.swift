/// Who asks whether the other side is alive, and until when the answer is waited for.
///
/// ```
///   v4:  pingAt -- time --> sendPing, pongBefore -- pong --> pingAt
///                                          |
///                                          +---- time ----> timeout
///
///   v3:  pingBefore -- ping --> answerPing, pingBefore
///             |
///             +------- time ----> timeout
/// ```
///
/// A packet of the wrong direction ends the session. Source: Engine.IO protocol v4, "Heartbeat"; v3, "Timeouts".
struct Heartbeat: Sendable {
    /// After the deadline came.
    enum OnTimer: Equatable, Sendable {
        case notDue, sendPing, timeout
    }

    private enum Phase: Sendable {
        /// v4: the server asks then.
        case pingAt(Int64)
        /// v4: the server has asked.
        case pongBefore(Int64)
        /// v3: the client has to ask before.
        case pingBefore(Int64)
    }

    private var phase: Phase

    /// The heartbeat of a session that has just been opened.
    init(_ version: ProtocolVersion, timings: SessionTimings, now: Int64) {
        switch version {
        case .v4: phase = .pingAt(SessionTimings.later(now, by: timings.pingInterval))
        case .v3: phase = .pingBefore(timings.clientPingDeadline(now))
        }
    }

    /// When ``fired(now:timings:)`` is due.
    var deadline: Int64 {
        switch phase {
        case .pingAt(let time), .pongBefore(let time), .pingBefore(let time): time
        }
    }

    mutating func pingReceived(now: Int64, timings: SessionTimings) -> SessionOrder.OnPacket {
        switch phase {
        case .pingAt, .pongBefore: return .close(.transportError)
        case .pingBefore:
            phase = .pingBefore(timings.clientPingDeadline(now))
            return .answerPing
        }
    }

    mutating func pongReceived(now: Int64, timings: SessionTimings) -> SessionOrder.OnPacket {
        switch phase {
        case .pingAt:
            // A pong that nobody asked for changes nothing: it must not put off the next ping.
            return .ignore
        case .pongBefore:
            phase = .pingAt(SessionTimings.later(now, by: timings.pingInterval))
            return .alive
        case .pingBefore: return .close(.transportError)
        }
    }

    /// The session moved to another transport: an answer may have been lost with the old one.
    mutating func upgraded(now: Int64, timings: SessionTimings) {
        switch phase {
        case .pongBefore: phase = .pongBefore(SessionTimings.later(now, by: timings.pingTimeout))
        case .pingAt, .pingBefore: break
        }
    }

    mutating func fired(now: Int64, timings: SessionTimings) -> OnTimer {
        guard deadline <= now else { return .notDue }
        switch phase {
        case .pingAt(let due):
            // A timer that is a little late does not prolong the session; a loop that stood still does,
            // for its client could not answer a ping that was not sent.
            let sent = now <= SessionTimings.later(due, by: Self.tolerance) ? due : now
            phase = .pongBefore(SessionTimings.later(sent, by: timings.pingTimeout))
            return .sendPing
        case .pongBefore, .pingBefore: return .timeout
        }
    }

    /// Milliseconds that a timer may be late without anybody minding.
    private static let tolerance: Int64 = 50
}
