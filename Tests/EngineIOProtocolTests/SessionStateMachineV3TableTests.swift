internal import EngineIOProtocol
internal import Testing

/// Every state x every event of a v3 session, written as in ``SessionStateMachineTableTests``.
///
/// It differs from v4 in the heartbeat alone: the client has 150 ms from the start, and from each ping, for the
/// next one. In the states `pinged` and `webSocketPinged` it pinged at 100.
struct SessionStateMachineV3TableTests {
    static let table: [MachineEvent: String] = [
        .flush: """
        keep P150 | answerPoll P150 | keep P150 | keep P250 | keep P70 | keep P70 | keep P10 | keep P10 |
        writeWebSocket W150 | writeWebSocket W250 | keep C30 | drop X
        """,
        .pollArrived: """
        hold P150 | overlap X | hold P150 | hold P250 | hold P70 | overlap X | hold P10 | overlap X |
        mismatch W150 | mismatch W250 | hold C30 | mismatch X
        """,
        .postBegan: """
        accept P150 | accept P150 | overlap X | accept P250 | accept P70 | accept P70 | accept P10 |
        accept P10 | mismatch W150 | mismatch W250 | accept C30 | mismatch X
        """,
        .postEnded: same("()"),
        .takePoll: """
        false P150 | true P150 | false P150 | false P250 | false P70 | true P70 | false P10 | true P10 |
        false W150 | false W250 | false C30 | false X
        """,
        .open: whileOpen("ignore"),
        .close: whileOpen("close(transportClose)"),
        .ping: """
        answerPing P170 | answerPing P170 | answerPing P170 | answerPing P270 | answerPing P70 |
        answerPing P70 | answerPing P10 | answerPing P10 | answerPing W170 | answerPing W270 |
        ignore C30 | ignore X
        """,
        .pong: whileOpen("close(transportError)"),
        .message: whileOpen("deliver"),
        .upgrade: whileOpen("ignore"),
        .noop: whileOpen("ignore"),
        .probeArrived: """
        accept P90 | accept P90 | accept P90 | accept P190 | refuse P70 | refuse P70 | refuse P10 |
        refuse P10 | refuse W150 | refuse W250 | refuse C30 | refuse X
        """,
        .probePing: """
        closeProbe P150 | closeProbe P150 | closeProbe P150 | closeProbe P250 | answerProbe P30 |
        answerProbe P30 | closeProbe P150 | closeProbe P150 | closeProbe W150 | closeProbe W250 |
        closeProbe C30 | closeProbe X
        """,
        .probePlainPing: probeFails,
        .probeUpgrade: """
        closeProbe P150 | closeProbe P150 | closeProbe P150 | closeProbe P250 | closeProbe P150 |
        closeProbe P150 | completeUpgrade W150 | completeUpgrade W150 | closeProbe W150 |
        closeProbe W250 | closeProbe C30 | closeProbe X
        """,
        .probeMessage: probeFails,
        .probeBinary: probeFails,
        .probeEnded: """
        () P150 | () P150 | () P150 | () P250 | () P150 | () P150 | () P150 | () P150 | () W150 |
        () W250 | () C30 | () X
        """,
        .timerEarly: same("none"),
        .timerAtNoop: """
        none P150 | none P150 | none P150 | none P250 | none P70 | none P70 | releasePoll P20 |
        releasePoll P20 | none W150 | none W250 | none C30 | none X
        """,
        .timerLate: """
        close(pingTimeout) X | close(pingTimeout) X | close(pingTimeout) X | close(pingTimeout) X |
        closeProbe P150 | closeProbe P150 | closeProbe P150 | closeProbe P150 | close(pingTimeout) X |
        close(pingTimeout) X | close(transportClose) X | none X
        """,
        .closeOrder: """
        awaitPoll C50 | answerPollAndClose X | awaitPoll C50 | awaitPoll C150 | awaitPoll C50 |
        answerPollAndClose X | awaitPoll C50 | answerPollAndClose X | closeWebSocket X |
        closeWebSocket X | none C30 | none X
        """,
        .abort: """
        true X | true X | true X | true X | true X | true X | true X | true X | true X | true X |
        false X | false X
        """,
    ]

    private static let probeFails = """
        closeProbe P150 | closeProbe P150 | closeProbe P150 | closeProbe P250 | closeProbe P150 |
        closeProbe P150 | closeProbe P150 | closeProbe P150 | closeProbe W150 | closeProbe W250 |
        closeProbe C30 | closeProbe X
        """

    /// The same answer everywhere, and the state stays.
    private static func same(_ answer: String) -> String {
        whileOpen(answer, after: answer)
    }

    /// The same answer in every open state, another one afterwards; the state stays.
    private static func whileOpen(_ answer: String, after: String = "ignore") -> String {
        """
        \(answer) P150 | \(answer) P150 | \(answer) P150 | \(answer) P250 | \(answer) P70 | \(answer) P70 |
        \(answer) P10 | \(answer) P10 | \(answer) W150 | \(answer) W250 | \(after) C30 | \(after) X
        """
    }

    @Test(arguments: MachineEvent.allCases, MachineState.allCases)
    func cell(event: MachineEvent, state: MachineState) throws {
        try SessionStateMachineTableTests.check(.v3, event, state, in: Self.table)
    }

    @Test(arguments: TransportName.allCases)
    func aClientThatPingsLivesOn(transport: TransportName) {
        let machine = SessionUnderTest(transport, .v3, now: 1_000)
        var now: Int64 = 1_000
        for _ in 0..<50 {
            #expect(machine.nextDeadline == now + 45_000)
            now += 44_999
            #expect(machine.timerFired(now: now) == .none)
            #expect(machine.received(.ping, now: now) == .answerPing)
        }
        #expect(machine.isOpen)
    }

    @Test("Nothing but a ping prolongs a v3 session", arguments: TransportName.allCases)
    func aClientThatDoesNotPingEnds(transport: TransportName) {
        let machine = SessionUnderTest(transport, .v3)
        #expect(machine.received(.ping, now: 10_000) == .answerPing)
        #expect(machine.received(.message, now: 50_000) == .deliver)
        #expect(machine.received(.noop, now: 54_000) == .ignore)
        #expect(machine.timerFired(now: 54_999) == .none)
        #expect(machine.timerFired(now: 55_000) == .close(.pingTimeout))
        #expect(machine.transport == nil)
    }

    @Test("An upgrade neither forgets nor prolongs the time that a v3 client has")
    func pingAcrossUpgrade() {
        let machine = SessionUnderTest(.polling, .v3)
        #expect(machine.received(.ping, now: 20_000) == .answerPing)
        #expect(machine.probeArrived(now: 21_000) == .accept)
        #expect(machine.probeReceived(.ping, isProbe: true, now: 21_001) == .answerProbe)
        #expect(machine.received(.ping, now: 22_000) == .answerPing)
        #expect(machine.probeReceived(.upgrade, isProbe: false, now: 23_000) == .completeUpgrade)
        #expect(machine.nextDeadline == 67_000)
        #expect(machine.timerFired(now: 67_000) == .close(.pingTimeout))
    }
}
