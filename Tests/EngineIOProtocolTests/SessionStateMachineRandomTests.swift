internal import EngineIOProtocol
internal import Testing

/// Random events in random order: what must hold whatever happens.
struct SessionStateMachineRandomTests {
    private static let timings = SessionTimings(
        pingInterval: .milliseconds(300), pingTimeout: .milliseconds(150), upgradeTimeout: .milliseconds(70),
        noopInterval: .milliseconds(10), closeTimeout: .milliseconds(30))

    /// What a driver and its client could tell from outside.
    private struct Observer {
        let version: ProtocolVersion
        var pollHeld = false
        /// When a v3 client pinged last, or the session was opened.
        var clientPingAt: Int64 = 0
        var pingSentAt: Int64?
        var wasWebSocket = false
        var isOver = false
        var trace: [String] = []
    }

    @Test(arguments: SeededGenerator.seeds)
    func invariants(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let transport = TransportName.allCases.randomElement(using: &random) ?? .polling
            let version = ProtocolVersion.allCases.randomElement(using: &random) ?? .v4
            var machine = SessionStateMachine(
                transport: transport, version: version, timings: Self.timings, now: 0)
            var observer = Observer(version: version)
            var now: Int64 = 0
            for _ in 0..<60 {
                now += Int64.random(in: 0...40, using: &random)
                let event = MachineEvent.allCases.randomElement(using: &random) ?? .flush
                let problem = step(event, &machine, &observer, now: now)
                guard problem == nil else {
                    Issue.record("seed \(seed): \(problem ?? "") after \(observer.trace)")
                    return
                }
            }
        }
    }

    private func step(
        _ event: MachineEvent, _ machine: inout SessionStateMachine, _ observer: inout Observer, now: Int64
    ) -> String? {
        let answer: String
        switch event {
        case .timerEarly, .timerAtNoop, .timerLate:
            answer = MachineEvent.words("\(machine.timerFired(now: now))")
        default: answer = event.happen(to: &machine, now: now)
        }
        observer.trace.append("\(now) \(event): \(answer)")
        return pollProblem(event, answer, &observer) ?? heartbeatProblem(event, answer, &observer, now)
            ?? stateProblem(machine, &observer)
    }

    /// Never two answers for one poll, never an answer to nobody.
    private func pollProblem(_ event: MachineEvent, _ answer: String, _ observer: inout Observer) -> String? {
        switch (event, answer) {
        case (.pollArrived, "hold"):
            // A session that waits for its last poll is flushed at once; another poll cannot come between.
            if observer.pollHeld, !observer.isOver { return "two polls are held" }
            observer.pollHeld = true
        case (.pollArrived, "overlap"), (.flush, "answerPoll"), (.flush, "answerPollAndClose"),
            (.closeOrder, "answerPollAndClose"), (.takePoll, "true"):
            if !observer.pollHeld { return "an answer to nobody" }
            observer.pollHeld = false
        case (.takePoll, "false"):
            if observer.pollHeld, !observer.isOver { return "a held poll was forgotten" }
        default: break
        }
        return nil
    }

    private func heartbeatProblem(
        _ event: MachineEvent, _ answer: String, _ observer: inout Observer, _ now: Int64
    ) -> String? {
        switch observer.version {
        case .v4: serverPingProblem(event, answer, &observer, now)
        case .v3: clientPingProblem(event, answer, &observer, now)
        }
    }

    /// A client that pings is answered each time, and given up `pingInterval + pingTimeout` after its last ping.
    private func clientPingProblem(
        _ event: MachineEvent, _ answer: String, _ observer: inout Observer, _ now: Int64
    ) -> String? {
        switch (event, answer) {
        case (.ping, "answerPing"): observer.clientPingAt = now
        case (.ping, _) where !observer.isOver: return "a ping without an answer"
        case (.pong, _) where !observer.isOver && answer != "close(transportError)":
            return "a pong from a v3 client"
        case (_, "sendPing"), (_, "alive"), (_, "answerPing"): return "a heartbeat of v4"
        case (_, "close(pingTimeout)"):
            let patience: Int64 = 450
            if now < observer.clientPingAt + patience { return "a ping timeout too early" }
        case (.timerEarly, "none"), (.timerAtNoop, "none"), (.timerLate, "none"):
            let patience: Int64 = 450
            if !observer.isOver, now >= observer.clientPingAt + patience { return "no ping timeout" }
        default: break
        }
        return nil
    }

    /// A ping timeout comes `pingTimeout` after a ping that nobody answered, less the 50 ms that a timer may
    /// be late; pings come one at a time.
    private func serverPingProblem(
        _ event: MachineEvent, _ answer: String, _ observer: inout Observer, _ now: Int64
    ) -> String? {
        switch answer {
        case "answerPing": return "a pong from a v4 server"
        case "sendPing":
            if observer.pingSentAt != nil { return "a ping before the pong" }
            observer.pingSentAt = now
        case "alive": observer.pingSentAt = nil
        case "close(pingTimeout)":
            guard let sent = observer.pingSentAt, sent + 150 - 50 <= now else {
                return "a ping timeout too early"
            }
        default: break
        }
        return nil
    }

    private func stateProblem(
        _ machine: borrowing SessionStateMachine, _ observer: inout Observer
    ) -> String? {
        if (machine.nextDeadline == nil) != (machine.transport == nil) {
            return "a deadline that never comes"
        }
        if machine.isOpen, machine.transport == nil { return "open without a transport" }
        if machine.isOpen, observer.isOver { return "closed, and open again" }
        if observer.wasWebSocket, machine.transport == .polling { return "went back to polling" }
        observer.isOver = !machine.isOpen
        observer.wasWebSocket = machine.transport == .websocket
        return nil
    }
}
