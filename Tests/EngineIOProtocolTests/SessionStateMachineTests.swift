internal import EngineIOProtocol
internal import Testing

/// Whole stories of a session: heartbeat, upgrade, end. Single steps are in the table.
struct SessionStateMachineTests {
    @Test(arguments: TransportName.allCases)
    func aSessionThatAnswersLivesOn(transport: TransportName) {
        let machine = SessionUnderTest(transport, now: 1_000)
        var now: Int64 = 1_000
        for _ in 0..<50 {
            #expect(machine.nextDeadline == now + 25_000)
            #expect(machine.timerFired(now: now + 24_999) == .none)
            now += 25_000
            #expect(machine.timerFired(now: now) == .sendPing)
            #expect(machine.timerFired(now: now) == .none)
            #expect(machine.nextDeadline == now + 20_000)
            now += 19_999
            #expect(machine.timerFired(now: now) == .none)
            #expect(machine.received(.pong, now: now) == .alive)
        }
        #expect(machine.isOpen)
    }

    @Test(arguments: TransportName.allCases)
    func aSessionThatDoesNotAnswerEnds(transport: TransportName) {
        let machine = SessionUnderTest(transport)
        #expect(machine.timerFired(now: 25_000) == .sendPing)
        #expect(machine.received(.message, now: 30_000) == .deliver)
        #expect(machine.timerFired(now: 44_999) == .none)
        #expect(machine.timerFired(now: 45_000) == .close(.pingTimeout))
        #expect(machine.nextDeadline == nil)
        #expect(machine.timerFired(now: 90_000) == .none)
    }

    @Test("A second pong does not put off the next ping")
    func pongsCountOnce() {
        let machine = SessionUnderTest()
        #expect(machine.timerFired(now: 25_000) == .sendPing)
        #expect(machine.received(.pong, now: 26_000) == .alive)
        #expect(machine.received(.pong, now: 50_000) == .ignore)
        #expect(machine.nextDeadline == 51_000)
    }

    @Test func upgrade() {
        let machine = SessionUnderTest()
        #expect(machine.pollArrived() == .hold)
        #expect(machine.probeArrived(now: 10) == .accept)
        #expect(machine.probeArrived(now: 11) == .refuse)
        #expect(machine.probeReceived(.ping, isProbe: true, now: 20) == .answerProbe)
        #expect(machine.flush() == .keep)
        #expect(machine.takePoll())
        #expect(machine.pollArrived() == .hold)
        #expect(machine.nextDeadline == 120)
        #expect(machine.timerFired(now: 120) == .releasePoll)
        #expect(machine.takePoll())
        #expect(!machine.takePoll())
        #expect(machine.timerFired(now: 219) == .none)
        #expect(machine.timerFired(now: 220) == .releasePoll)
        #expect(machine.postBegan() == .accept)
        #expect(machine.received(.message, now: 230) == .deliver)
        machine.postEnded()
        #expect(machine.probeReceived(.upgrade, isProbe: false, now: 240) == .completeUpgrade)
        #expect(machine.transport == .websocket)
        #expect(machine.flush() == .writeWebSocket)
        #expect(machine.pollArrived() == .mismatch)
        #expect(machine.postBegan() == .mismatch)
        #expect(machine.probeArrived(now: 250) == .refuse)
        machine.probeEnded()
        #expect(machine.transport == .websocket)
    }

    @Test("A probe that fails leaves a polling session that may try again")
    func probeTimeout() {
        let machine = SessionUnderTest()
        #expect(machine.probeArrived(now: 0) == .accept)
        #expect(machine.nextDeadline == 10_000)
        #expect(machine.timerFired(now: 9_999) == .none)
        #expect(machine.timerFired(now: 10_000) == .closeProbe)
        #expect(machine.pollArrived() == .hold)
        #expect(machine.flush() == .answerPoll)
        #expect(machine.probeArrived(now: 11_000) == .accept)
        machine.probeEnded(now: 12_000)
        #expect(machine.probeArrived(now: 12_000) == .accept)
        #expect(machine.nextDeadline == 22_000)
    }

    @Test("The heartbeat rests while a session upgrades, for packets do")
    func heartbeatWhileProbing() {
        let timings = SessionTimings(
            pingInterval: .milliseconds(50), pingTimeout: .milliseconds(30),
            upgradeTimeout: .milliseconds(1_000))
        let machine = SessionUnderTest(timings: timings)
        #expect(machine.probeArrived(now: 0) == .accept)
        #expect(machine.nextDeadline == 1_000)
        #expect(machine.timerFired(now: 999) == .none)
        #expect(machine.timerFired(now: 1_000) == .closeProbe)
        #expect(machine.timerFired(now: 1_000) == .sendPing)
        // A ping that was sent before keeps what was left of its time.
        #expect(machine.probeArrived(now: 1_010) == .accept)
        #expect(machine.timerFired(now: 1_500) == .none)
        machine.probeEnded(now: 1_500)
        #expect(machine.nextDeadline == 1_520)
        #expect(machine.timerFired(now: 1_520) == .close(.pingTimeout))
    }

    @Test("While nobody reads, pings go on and pongs are owed")
    func heartbeatWhileUnread() {
        let timings = SessionTimings(pingInterval: .milliseconds(50), pingTimeout: .milliseconds(30))
        let machine = SessionUnderTest(.websocket, timings: timings)
        #expect(machine.timerFired(now: 50) == .sendPing)
        machine.setReading(false, now: 60)
        machine.setReading(false, now: 61)
        #expect(machine.nextDeadline == 100)
        #expect(machine.timerFired(now: 100) == .sendPing)
        #expect(machine.timerFired(now: 150) == .sendPing)
        machine.setReading(true, now: 170)
        #expect(machine.nextDeadline == 200)
        #expect(machine.timerFired(now: 200) == .close(.pingTimeout))
    }

    @Test("A pong that was read before pays what is owed; without a ping nothing is owed")
    func pongWhileUnread() {
        let timings = SessionTimings(pingInterval: .milliseconds(50), pingTimeout: .milliseconds(30))
        let machine = SessionUnderTest(.websocket, timings: timings)
        machine.setReading(false, now: 10)
        machine.setReading(true, now: 20)
        #expect(machine.nextDeadline == 50)
        machine.setReading(false, now: 30)
        #expect(machine.timerFired(now: 50) == .sendPing)
        #expect(machine.received(.pong, now: 55) == .alive)
        #expect(machine.received(.pong, now: 56) == .ignore)
        machine.setReading(true, now: 57)
        #expect(machine.nextDeadline == 105)
        // Late to the pause: the next ping is due at once, not in the past.
        #expect(machine.timerFired(now: 105) == .sendPing)
        machine.setReading(false, now: 134)
        #expect(machine.nextDeadline == 155)
    }

    @Test("A v3 client that is not read is not given up")
    func clientPingsWhileUnread() {
        let timings = SessionTimings(pingInterval: .milliseconds(50), pingTimeout: .milliseconds(30))
        let machine = SessionUnderTest(.websocket, .v3, timings: timings)
        machine.setReading(false, now: 70)
        #expect(machine.timerFired(now: 80) == .none)
        #expect(machine.nextDeadline == 110)
        machine.setReading(true, now: 100)
        #expect(machine.nextDeadline == 130)
        #expect(machine.timerFired(now: 130) == .close(.pingTimeout))
    }

    @Test("Time in which the loop stood still is not the client's", arguments: ProtocolVersion.allCases)
    func standstill(version: ProtocolVersion) {
        let timings = SessionTimings(pingInterval: .milliseconds(50), pingTimeout: .milliseconds(30))
        let machine = SessionUnderTest(.websocket, version, timings: timings)
        // Before the ping: nothing is put off by it.
        if version == .v4 { #expect(machine.timerFired(now: 50, stalled: 7) == .sendPing) }
        let known: Int64 = version == .v4 ? 7 : 0
        #expect(machine.timerFired(now: 500, stalled: known + 450) == .none)
        #expect(machine.nextDeadline == 530)
        #expect(machine.timerFired(now: 530, stalled: known + 450) == .close(.pingTimeout))
    }

    @Test("Clocks that jump from one end to the other end nothing early, and do not trap")
    func jumpingClocks() {
        let machine = SessionUnderTest(
            .websocket, now: .min,
            timings: SessionTimings(pingInterval: .milliseconds(50), pingTimeout: .milliseconds(30)))
        #expect(machine.timerFired(now: 0, stalled: .min) == .sendPing)
        #expect(machine.nextDeadline == 30)
        // So much cannot be counted: as if the loop had never stood still.
        #expect(machine.timerFired(now: 30, stalled: .max) == .close(.pingTimeout))
        let upgrading = SessionUnderTest(
            now: -10,
            timings: SessionTimings(pingInterval: .milliseconds(5), pingTimeout: .milliseconds(Int64.max)))
        #expect(upgrading.timerFired(now: -5) == .sendPing)
        #expect(upgrading.probeArrived(now: -4) == .accept)
        upgrading.probeEnded(now: .max)
        #expect(upgrading.nextDeadline == Int64.max - 5)
    }

    @Test("A ping unanswered at the upgrade gets a fresh deadline, not none")
    func pingAcrossUpgrade() {
        let machine = SessionUnderTest()
        #expect(machine.timerFired(now: 25_000) == .sendPing)
        #expect(machine.probeArrived(now: 26_000) == .accept)
        #expect(machine.probeReceived(.ping, isProbe: true, now: 26_001) == .answerProbe)
        #expect(machine.probeReceived(.upgrade, isProbe: false, now: 27_000) == .completeUpgrade)
        #expect(machine.nextDeadline == 47_000)
        #expect(machine.timerFired(now: 47_000) == .close(.pingTimeout))
    }

    @Test("An orderly close waits for one poll")
    func closeAwaitsPoll() {
        let machine = SessionUnderTest()
        #expect(machine.close(now: 5) == .awaitPoll)
        #expect(!machine.isOpen)
        #expect(machine.transport == .polling)
        #expect(machine.flush() == .keep)
        #expect(machine.pollArrived() == .hold)
        #expect(machine.flush() == .answerPollAndClose)
        #expect(machine.transport == nil)
        #expect(machine.flush() == .drop)
        #expect(machine.close(now: 6) == .none)
        #expect(!machine.abort())
    }

    @Test func closeWithoutPollTimesOut() {
        let machine = SessionUnderTest()
        #expect(machine.close(now: 0) == .awaitPoll)
        #expect(machine.timerFired(now: 29_999) == .none)
        #expect(machine.timerFired(now: 30_000) == .close(.transportClose))
        #expect(machine.pollArrived() == .mismatch)
    }

    static let extremes: [Int64] = [.min, -1, 0, 1, .max - 1, .max]

    @Test("No duration and no time overflows or keeps the timer busy for ever", arguments: extremes, extremes)
    func extremeTimes(duration: Int64, now: Int64) {
        for version in ProtocolVersion.allCases { extremeTimes(version, duration: duration, now: now) }
    }

    private func extremeTimes(_ version: ProtocolVersion, duration: Int64, now: Int64) {
        let timings = SessionTimings(
            pingInterval: .milliseconds(duration), pingTimeout: .milliseconds(duration),
            upgradeTimeout: .milliseconds(duration), noopInterval: .milliseconds(duration),
            closeTimeout: .milliseconds(duration))
        for state in ["polling", "probing", "answered", "closing"] {
            let machine = SessionUnderTest(.polling, version, now: now, timings: timings)
            if state != "polling", state != "closing" { _ = machine.probeArrived(now: now) }
            if state == "answered" { _ = machine.probeReceived(.ping, isProbe: true, now: now) }
            if state == "closing" { _ = machine.close(now: now) }
            var steps = 0
            while steps < 10, machine.timerFired(now: now) != .none { steps += 1 }
            #expect(steps < 10, "\(state) never says that nothing is due")
        }
    }

    @Test(
        "While probing, a noop interval of nothing still ends the timer's turn",
        arguments: [Int64.min, -1, 0])
    func noopIntervalOfNothing(interval: Int64) {
        let machine = SessionUnderTest(timings: SessionTimings(noopInterval: .milliseconds(interval)))
        #expect(machine.probeArrived(now: 0) == .accept)
        #expect(machine.probeReceived(.ping, isProbe: true, now: 0) == .answerProbe)
        var steps = 0
        while steps < 10, machine.timerFired(now: 1) != .none { steps += 1 }
        #expect(steps < 10)
    }
}
