internal import EngineIOProtocol

/// Events of a session, one a byte, with time going on between them: one poll gets one answer, what is over stays
/// over, and whoever is open has a deadline.
enum FuzzSession {
    static func test(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let timings = SessionTimings(
            pingInterval: .milliseconds(300), pingTimeout: .milliseconds(200),
            upgradeTimeout: .milliseconds(70), noopInterval: .milliseconds(10),
            closeTimeout: .milliseconds(30))
        var machine = SessionStateMachine(
            transport: choice & 1 == 0 ? .polling : .websocket, version: choice & 2 == 0 ? .v4 : .v3,
            timings: timings, now: 0)
        var isPollHeld = false
        var wasOpen = true
        var now: Int64 = 0
        for byte in input.dropFirst() {
            // The high bits are time: nothing, a little, a lot.
            now += [0, 0, 1, 9, 20, 70, 150, 400][Int(byte >> 5)]
            step(byte & 31, &machine, &isPollHeld, now)
            precondition(wasOpen || !machine.isOpen, "closed, and open again")
            precondition(
                (machine.nextDeadline == nil) == (machine.transport == nil), "a deadline that never comes")
            wasOpen = machine.isOpen
            // A driver asks until there is nothing more to do; that must come.
            var turns = 0
            while let next = machine.nextDeadline, next <= now {
                if case .releasePoll = machine.timerFired(now: now), machine.takePoll() { isPollHeld = false }
                turns += 1
                precondition(turns < 10, "a timer that fires for ever")
            }
        }
    }

    private static func step(
        _ event: UInt8, _ machine: inout SessionStateMachine, _ isPollHeld: inout Bool, _ now: Int64
    ) {
        switch event {
        case 0, 1:
            switch machine.flush() {
            case .answerPoll, .answerPollAndClose:
                precondition(isPollHeld, "an answer to nobody")
                isPollHeld = false
            case .writeWebSocket, .keep, .drop: break
            }
        case 2, 3:
            switch machine.pollArrived() {
            case .hold: isPollHeld = true
            case .overlap:
                precondition(isPollHeld, "an overlap of one")
                isPollHeld = false
            case .mismatch: break
            }
        case 4: _ = machine.postBegan()
        case 5: machine.postEnded()
        case 6...12:
            let types = EnginePacketType.allCases
            _ = machine.received(types[Int(event - 6) % types.count], now: now)
        case 13, 14: _ = machine.probeArrived(now: now)
        case 15...22:
            let types = EnginePacketType.allCases
            let type = event == 22 ? nil : types[Int(event - 15) % types.count]
            _ = machine.probeReceived(type, isProbe: event & 1 == 0, now: now)
        case 23, 24: _ = machine.probeReceived(.ping, isProbe: true, now: now)
        case 25: machine.probeEnded(now: now)
        case 26:
            if case .answerPollAndClose = machine.close(now: now) {
                precondition(isPollHeld, "a close packet to nobody")
                isPollHeld = false
            }
        case 27: _ = machine.abort()
        case 28: if machine.takePoll() { isPollHeld = false }
        default: break
        }
    }
}
