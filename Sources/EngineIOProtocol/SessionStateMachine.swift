/// Governs one Engine.IO session: which transport carries it, its heartbeat, its upgrade and its end.
///
/// ```
///   handshake by polling                        handshake by WebSocket
///          |                                              |
///          v        WebSocket with sid                    v
///      +---------+ -------------------> +---------+   +-----------+
///      | polling |                      | probing |-->| webSocket |
///      +---------+ <------------------- +---------+ 5 +-----------+
///          |     probe fails or times out    |              |
///          | close                           | close        | close
///          v                                 v              v
///      +---------+   poll, or time out   +--------------------+
///      | closing | --------------------> |       closed       |
///      +---------+                       +--------------------+
/// ```
///
/// The machine owns no packets: the driver's outbox does. It is told what happened and answers with an
/// order; the current time in milliseconds is an argument of every event that needs it.
///
/// Departures from the reference, all of them observable only by a peer that misbehaves or fails:
/// a close packet over WebSocket ends the session at once (the reference waits for the ping timeout);
/// an upgrade packet without a probe before it closes the probing WebSocket; packets are never sent to
/// a poll while an upgrade is going on; a ping that is unanswered when the upgrade completes keeps a
/// deadline (the reference forgets it, so that such a session could live for ever).
///
/// Source: Engine.IO protocol v4, "Heartbeat" and "Upgrade"; v3, "Transport upgrading" and "Timeouts".
public struct SessionStateMachine: ~Copyable, Sendable {
    private enum State: Sendable {
        case polling
        case probing(Probe)
        case webSocket
        /// Over for the layer above; the last packets wait for a poll until the deadline.
        case closing(deadline: Int64)
        case closed
    }

    private struct Probe: Sendable {
        let since: Int64
        var answered = false
        var deadline: Int64
        var noopAt: Int64
    }

    private var state: State
    private var heartbeat: Heartbeat
    /// A GET waits for packets. Only while the session polls.
    private var pollHeld = false
    /// The body of a POST is being read. Only while the session polls.
    private var bodyOpen = false
    private let timings: SessionTicks

    /// A session that has just been opened on the given transport.
    ///
    /// - Parameters:
    ///   - transport: the transport that opened it.
    ///   - version: who pings: in v4 the server, in v3 the client.
    ///   - timings: the durations that govern the session.
    ///   - now: the time of the handshake, from which the first ping is counted.
    public init(
        transport: TransportName, version: ProtocolVersion = .v4, timings: SessionTimings, now: Int64
    ) {
        switch transport {
        case .polling: state = .polling
        case .websocket: state = .webSocket
        }
        self.timings = SessionTicks(timings)
        heartbeat = Heartbeat(version, timings: self.timings, now: now)
    }

    // MARK: - What can be asked

    /// The transport that a request's `transport` is compared with; nil when the session is over.
    public var transport: TransportName? {
        switch state {
        case .polling, .probing, .closing: .polling
        case .webSocket: .websocket
        case .closed: nil
        }
    }

    /// Whether the layer above may still send.
    public var isOpen: Bool {
        switch state {
        case .polling, .probing, .webSocket: true
        case .closing, .closed: false
        }
    }

    /// When `timerFired(now:)` is due next; nil when nothing is to be waited for.
    public var nextDeadline: Int64? {
        switch state {
        case .polling, .webSocket: heartbeat.deadline
        case .probing(let probe):
            min(probe.deadline, probe.noopAt, heartbeat.isClients ? heartbeat.deadline : .max)
        case .closing(let deadline): deadline
        case .closed: nil
        }
    }

    // MARK: - Outgoing

    /// Where the packets of the outbox go now. Asked at most once a loop tick.
    public mutating func flush() -> SessionOrder.OnFlush {
        switch state {
        case .polling: return takePoll() ? .answerPoll : .keep
        case .probing: return .keep
        case .webSocket: return .writeWebSocket
        case .closing:
            guard takePoll() else { return .keep }
            state = .closed
            return .answerPollAndClose
        case .closed: return .drop
        }
    }

    // MARK: - Polling requests

    /// A polling GET arrived.
    public mutating func pollArrived() -> SessionOrder.OnPoll {
        switch state {
        case .polling, .probing:
            guard !takePoll() else {
                state = .closed
                return .overlap
            }
            pollHeld = true
            return .hold
        case .closing:
            pollHeld = true
            return .hold
        case .webSocket, .closed: return .mismatch
        }
    }

    /// The head of a polling POST arrived.
    public mutating func postBegan() -> SessionOrder.OnPostBegan {
        switch state {
        case .polling, .probing, .closing:
            // What a closing session still gets is taken and ignored: an error would tell the client of a broken
            // transport instead of the close packet that waits for its poll.
            guard !bodyOpen else {
                state = .closed
                return .overlap
            }
            bodyOpen = true
            return .accept
        case .webSocket, .closed: return .mismatch
        }
    }

    /// The body of a polling POST was read, or was given up.
    public mutating func postEnded() {
        bodyOpen = false
    }

    /// Takes the held poll, for an answer that no flush ordered. False when there is none.
    public mutating func takePoll() -> Bool {
        defer { pollHeld = false }
        return pollHeld
    }

    // MARK: - Packets on the current transport

    /// A packet arrived by POST or on the session's WebSocket.
    public mutating func received(_ type: EnginePacketType, now: Int64) -> SessionOrder.OnPacket {
        guard isOpen else { return .ignore }
        switch type {
        case .message: return .deliver
        case .ping: return heartbeat.pingReceived(now: now, timings: timings)
        case .pong: return heartbeat.pongReceived(now: now, timings: timings)
        case .close: return .close(.transportClose)
        case .open, .upgrade, .noop: return .ignore
        }
    }

    // MARK: - Upgrade

    /// A WebSocket arrived that names this session.
    public mutating func probeArrived(now: Int64) -> SessionOrder.OnProbe {
        switch state {
        case .polling:
            let deadline = SessionTicks.later(now, by: timings.upgradeTimeout)
            state = .probing(Probe(since: now, deadline: deadline, noopAt: deadline))
            return .accept
        case .probing, .webSocket, .closing, .closed: return .refuse
        }
    }

    /// A packet arrived on the probing WebSocket.
    ///
    /// - Parameters:
    ///   - type: the packet's type; nil for a binary message or a packet that could not be decoded.
    ///   - isProbe: whether its data are the word `probe`.
    ///   - now: the current time in milliseconds.
    public mutating func probeReceived(
        _ type: EnginePacketType?, isProbe: Bool, now: Int64
    ) -> SessionOrder.OnProbePacket {
        guard case .probing(var probe) = state else { return .closeProbe }
        if type == .ping, isProbe, !probe.answered {
            probe.answered = true
            probe.noopAt = SessionTicks.later(now, by: max(1, timings.noopInterval))
            state = .probing(probe)
            return .answerProbe
        }
        guard type == .upgrade, probe.answered else {
            endProbe(probe, now: now)
            return .closeProbe
        }
        endProbe(probe, now: now)
        state = .webSocket
        heartbeat.upgraded(now: now, timings: timings)
        return .completeUpgrade
    }

    /// The probing WebSocket went away before it completed the upgrade.
    public mutating func probeEnded(now: Int64) {
        if case .probing(let probe) = state { endProbe(probe, now: now) }
    }

    private mutating func endProbe(_ probe: Probe, now: Int64) {
        state = .polling
        heartbeat.rested(since: probe.since, now: now)
    }

    // MARK: - Back-pressure

    /// The driver stops reading what the client sends, or goes on. The heartbeat takes it into account.
    public mutating func setReading(_ reading: Bool, now: Int64) {
        heartbeat.setReading(reading, now: now, timings: timings)
    }

    // MARK: - Time

    /// The time of ``nextDeadline`` came. To be asked again until it answers `.none`.
    ///
    /// - Parameters:
    ///   - now: the current time in milliseconds.
    ///   - stalled: milliseconds in which the driver's loop stood still, counted from an arbitrary
    ///     beginning.
    public mutating func timerFired(now: Int64, stalled: Int64 = 0) -> SessionOrder.OnTimer {
        switch state {
        case .polling, .webSocket: return heartbeatFired(now: now, stalled: stalled)
        case .probing(var probe):
            if probe.deadline <= now {
                endProbe(probe, now: now)
                return .closeProbe
            }
            guard probe.noopAt <= now else {
                return heartbeat.isClients ? heartbeatFired(now: now, stalled: stalled) : .none
            }
            probe.noopAt = SessionTicks.later(now, by: max(1, timings.noopInterval))
            state = .probing(probe)
            return .releasePoll
        case .closing(let deadline):
            guard deadline <= now else { return .none }
            state = .closed
            return .close(.transportClose)
        case .closed: return .none
        }
    }

    private mutating func heartbeatFired(now: Int64, stalled: Int64) -> SessionOrder.OnTimer {
        switch heartbeat.fired(now: now, stalled: stalled, timings: timings) {
        case .notDue: return .none
        case .sendPing: return .sendPing
        case .timeout:
            state = .closed
            return .close(.pingTimeout)
        }
    }

    // MARK: - The end

    /// This side ends the session in good order: what the outbox holds still goes out.
    public mutating func close(now: Int64) -> SessionOrder.OnClose {
        switch state {
        case .polling, .probing:
            if takePoll() {
                state = .closed
                return .answerPollAndClose
            }
            state = .closing(deadline: SessionTicks.later(now, by: timings.closeTimeout))
            return .awaitPoll
        case .webSocket:
            state = .closed
            return .closeWebSocket
        case .closing, .closed: return .none
        }
    }

    /// The session ends at once: its transport failed, broke the protocol or went away.
    ///
    /// - Returns: false when it was over already for the layer above.
    public mutating func abort() -> Bool {
        let wasOpen = isOpen
        state = .closed
        return wasOpen
    }
}
