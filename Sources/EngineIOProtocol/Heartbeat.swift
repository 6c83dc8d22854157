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
/// While the driver does not read, because the layer above lags, an answer could not be seen: a v4 server goes on
/// pinging, so that the client stays, and waits for the answer when it reads again. Time in which the whole
/// event loop stood still is nobody's fault either: deadlines are put off by it. While an upgrade is going on
/// the heartbeat rests, for packets do.
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
    /// The driver does not read.
    private var isUnread = false
    /// A ping was sent that could not be answered, for the answer is not read.
    private var pongIsOwed = false
    /// The driver's count of milliseconds in which the loop stood still, as of the last deadline.
    private var stalledBefore: Int64 = 0

    /// The heartbeat of a session that has just been opened.
    init(_ version: ProtocolVersion, timings: SessionTicks, now: Int64) {
        switch version {
        case .v4: phase = .pingAt(SessionTicks.later(now, by: timings.pingInterval))
        case .v3: phase = .pingBefore(timings.clientPingDeadline(now))
        }
    }

    /// Whether the client pings; then the heartbeat does not rest while an upgrade is going on.
    var isClients: Bool {
        switch phase {
        case .pingAt, .pongBefore: false
        case .pingBefore: true
        }
    }

    /// When ``fired(now:stalled:timings:)`` is due.
    var deadline: Int64 {
        switch phase {
        case .pingAt(let time), .pongBefore(let time), .pingBefore(let time): time
        }
    }

    mutating func pingReceived(now: Int64, timings: SessionTicks) -> SessionOrder.OnPacket {
        switch phase {
        case .pingAt, .pongBefore: return .close(.transportError)
        case .pingBefore:
            phase = .pingBefore(timings.clientPingDeadline(now))
            return .answerPing
        }
    }

    mutating func pongReceived(now: Int64, timings: SessionTicks) -> SessionOrder.OnPacket {
        switch phase {
        case .pingAt where pongIsOwed:
            pongIsOwed = false
            phase = .pingAt(SessionTicks.later(now, by: timings.pingInterval))
            return .alive
        case .pingAt:
            // A pong that nobody asked for changes nothing: it must not put off the next ping.
            return .ignore
        case .pongBefore:
            phase = .pingAt(SessionTicks.later(now, by: timings.pingInterval))
            return .alive
        case .pingBefore: return .close(.transportError)
        }
    }

    /// The session moved to another transport: an answer may have been lost with the old one.
    mutating func upgraded(now: Int64, timings: SessionTicks) {
        switch phase {
        case .pongBefore: phase = .pongBefore(SessionTicks.later(now, by: timings.pingTimeout))
        case .pingAt, .pingBefore: break
        }
    }

    /// The driver stops or goes on reading.
    mutating func setReading(_ reading: Bool, now: Int64, timings: SessionTicks) {
        guard reading == isUnread else { return }
        isUnread = !reading
        let patience = SessionTicks.later(now, by: timings.pingTimeout)
        switch phase {
        case .pingAt where reading && pongIsOwed:
            pongIsOwed = false
            phase = .pongBefore(patience)
        case .pongBefore(let deadline) where !reading:
            pongIsOwed = true
            // As if counted from the ping; both are durations of a configuration, so the difference fits.
            let rest = timings.pingInterval &- timings.pingTimeout
            phase = .pingAt(max(now, SessionTicks.later(deadline, by: rest)))
        case .pingBefore(let deadline) where reading:
            phase = .pingBefore(max(deadline, patience))
        case .pingAt, .pongBefore, .pingBefore: break
        }
    }

    /// The heartbeat rested while an upgrade was going on.
    mutating func rested(since start: Int64, now: Int64) {
        guard case .pongBefore(let deadline) = phase else { return }
        phase = .pongBefore(Self.later(deadline, by: now.subtractingReportingOverflow(start)))
    }

    /// A deadline, put off by time that is nobody's fault: the difference of two readings of a clock.
    private static func later(_ deadline: Int64, by difference: (partialValue: Int64, overflow: Bool))
        -> Int64
    {
        let duration = difference.overflow ? 0 : max(0, difference.partialValue)
        return SessionTicks.later(deadline, by: duration)
    }

    /// - Parameter stalled: milliseconds in which the loop stood still, counted from an arbitrary beginning.
    mutating func fired(now: Int64, stalled: Int64, timings: SessionTicks) -> OnTimer {
        guard deadline <= now else { return .notDue }
        let standstill = stalled.subtractingReportingOverflow(stalledBefore)
        stalledBefore = stalled
        switch phase {
        case .pingAt(let due):
            // A timer that is a little late does not prolong the session; a loop that stood still does,
            // for its client could not answer a ping that was not sent.
            let sent = now <= SessionTicks.later(due, by: Self.tolerance) ? due : now
            if isUnread {
                pongIsOwed = true
                phase = .pingAt(SessionTicks.later(sent, by: max(1, timings.pingInterval)))
            } else {
                phase = .pongBefore(SessionTicks.later(sent, by: timings.pingTimeout))
            }
            return .sendPing
        case .pingBefore where isUnread:
            phase = .pingBefore(SessionTicks.later(now, by: max(1, timings.pingTimeout)))
        case .pongBefore(let deadline):
            phase = .pongBefore(Self.later(deadline, by: standstill))
        case .pingBefore(let deadline):
            phase = .pingBefore(Self.later(deadline, by: standstill))
        }
        return deadline <= now ? .timeout : .notDue
    }

    /// Milliseconds that a timer may be late without anybody minding.
    private static let tolerance: Int64 = 50
}
