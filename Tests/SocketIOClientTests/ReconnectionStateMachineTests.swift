internal import Testing

@testable internal import SocketIOClient

@Suite struct ReconnectionStateMachineTests {
    private var random = SeededGenerator(state: 1)

    private func machine(enabled: Bool = true, attempts: Int = .max) -> ReconnectionStateMachine {
        ReconnectionStateMachine(
            isEnabled: enabled, maxAttempts: attempts, backoff: Backoff(randomizationFactor: 0))
    }

    @Test mutating func aLostConnectionIsTriedAgainAfterLongerAndLongerWaits() {
        var machine = machine()
        let starts = machine.open()
        #expect(starts)
        #expect(machine.opened() == .connected)
        #expect(machine.ended(using: &random) == .wait(milliseconds: 1_000, attempt: 1))
        #expect(machine.timerFired() == 1)
        #expect(machine.ended(using: &random) == .wait(milliseconds: 2_000, attempt: 2))
        #expect(machine.timerFired() == 2)
        #expect(machine.opened() == .reconnected(attempt: 2))
        #expect(machine.isConnected)
        // Success sets the count back.
        #expect(machine.ended(using: &random) == .wait(milliseconds: 1_000, attempt: 1))
    }

    @Test mutating func attemptsAreLimited() {
        var machine = machine(attempts: 1)
        _ = machine.open()
        #expect(machine.ended(using: &random) == .wait(milliseconds: 1_000, attempt: 1))
        #expect(machine.timerFired() == 1)
        #expect(machine.ended(using: &random) == .giveUp)
        // Somebody may want it again.
        let starts = machine.open()
        #expect(starts)
    }

    @Test mutating func withoutReconnectionTheFirstEndIsTheLast() {
        var machine = machine(enabled: false)
        _ = machine.open()
        _ = machine.opened()
        #expect(machine.ended(using: &random) == .giveUp)
    }

    /// Every state, named by how it is reached, and what each event does in it.
    @Test(
        arguments: [
            (
                "idle", true, ReconnectionStateMachine.OnOpened.discard, ReconnectionStateMachine.OnEnd.none,
                nil
            ),
            ("connecting", false, .connected, .wait(milliseconds: 1_000, attempt: 1), nil),
            ("connected", false, .discard, .wait(milliseconds: 1_000, attempt: 1), nil),
            ("waiting", false, .discard, .none, 1),
        ] as [(String, Bool, ReconnectionStateMachine.OnOpened, ReconnectionStateMachine.OnEnd, Int?)])
    func everyEventInEveryState(
        _ name: String, _ opens: Bool, _ opened: ReconnectionStateMachine.OnOpened,
        _ ended: ReconnectionStateMachine.OnEnd, _ fired: Int?
    ) {
        func fresh() -> ReconnectionStateMachine {
            var machine = machine()
            var random = SeededGenerator(state: 1)
            if name != "idle" { _ = machine.open() }
            if name == "connected" || name == "waiting" { _ = machine.opened() }
            if name == "waiting" { _ = machine.ended(using: &random) }
            return machine
        }
        var random = SeededGenerator(state: 1)
        var (a, b, c, d, e) = (fresh(), fresh(), fresh(), fresh(), fresh())
        let aOpens = a.open()
        #expect(aOpens == opens)
        #expect(b.opened() == opened)
        #expect(c.ended(using: &random) == ended)
        #expect(d.timerFired() == fired)
        e.close()
        #expect(e.timerFired() == nil && !e.isConnected)
    }
}
