internal import EngineIOProtocol
internal import Testing

/// Every state x every event: the machine's answer, and what can be seen of the state afterwards.
///
/// A cell is the answer and the state after it: `P` polling, `W` WebSocket, `C` closing, each with the next
/// deadline, or `X` for closed. The columns are the states in the order of ``MachineState``.
struct SessionStateMachineTableTests {
    static let table: [MachineEvent: String] = [
        .flush: """
        keep P100 | answerPoll P100 | keep P100 | keep P150 | keep P70 | keep P70 | keep P10 | keep P10 |
        writeWebSocket W100 | writeWebSocket W150 | keep C30 | drop X
        """,
        .pollArrived: """
        hold P100 | overlap X | hold P100 | hold P150 | hold P70 | overlap X | hold P10 | overlap X |
        mismatch W100 | mismatch W150 | hold C30 | mismatch X
        """,
        .postBegan: """
        accept P100 | accept P100 | overlap X | accept P150 | accept P70 | accept P70 | accept P10 |
        accept P10 | mismatch W100 | mismatch W150 | accept C30 | mismatch X
        """,
        .postEnded: same("()"),
        .takePoll: """
        false P100 | true P100 | false P100 | false P150 | false P70 | true P70 | false P10 | true P10 |
        false W100 | false W150 | false C30 | false X
        """,
        .open: whileOpen("ignore"),
        .close: whileOpen("close(transportClose)"),
        .ping: whileOpen("close(transportError)"),
        .pong: """
        ignore P100 | ignore P100 | ignore P100 | alive P220 | ignore P70 | ignore P70 | ignore P10 |
        ignore P10 | ignore W100 | alive W220 | ignore C30 | ignore X
        """,
        .message: whileOpen("deliver"),
        .upgrade: whileOpen("ignore"),
        .noop: whileOpen("ignore"),
        .probeArrived: """
        accept P90 | accept P90 | accept P90 | accept P190 | refuse P70 | refuse P70 | refuse P10 |
        refuse P10 | refuse W100 | refuse W150 | refuse C30 | refuse X
        """,
        .probePing: """
        closeProbe P100 | closeProbe P100 | closeProbe P100 | closeProbe P150 | answerProbe P30 |
        answerProbe P30 | closeProbe P100 | closeProbe P100 | closeProbe W100 | closeProbe W150 |
        closeProbe C30 | closeProbe X
        """,
        .probePlainPing: probeFails,
        .probeUpgrade: """
        closeProbe P100 | closeProbe P100 | closeProbe P100 | closeProbe P150 | closeProbe P100 |
        closeProbe P100 | completeUpgrade W100 | completeUpgrade W100 | closeProbe W100 |
        closeProbe W150 | closeProbe C30 | closeProbe X
        """,
        .probeMessage: probeFails,
        .probeBinary: probeFails,
        .probeEnded: """
        () P100 | () P100 | () P100 | () P150 | () P100 | () P100 | () P100 | () P100 | () W100 |
        () W150 | () C30 | () X
        """,
        .timerEarly: same("none"),
        .timerAtNoop: """
        none P100 | none P100 | none P100 | none P150 | none P70 | none P70 | releasePoll P20 |
        releasePoll P20 | none W100 | none W150 | none C30 | none X
        """,
        .timerLate: """
        sendPing P10050 | sendPing P10050 | sendPing P10050 | close(pingTimeout) X | closeProbe P100 |
        closeProbe P100 | closeProbe P100 | closeProbe P100 | sendPing W10050 | close(pingTimeout) X |
        close(transportClose) X | none X
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
        closeProbe P100 | closeProbe P100 | closeProbe P100 | closeProbe P150 | closeProbe P100 |
        closeProbe P100 | closeProbe P100 | closeProbe P100 | closeProbe W100 | closeProbe W150 |
        closeProbe C30 | closeProbe X
        """

    /// The same answer everywhere, and the state stays.
    private static func same(_ answer: String) -> String {
        """
        \(answer) P100 | \(answer) P100 | \(answer) P100 | \(answer) P150 | \(answer) P70 | \(answer) P70 |
        \(answer) P10 | \(answer) P10 | \(answer) W100 | \(answer) W150 | \(answer) C30 | \(answer) X
        """
    }

    /// The same answer in every open state, `ignore` afterwards; the state stays.
    private static func whileOpen(_ answer: String) -> String {
        """
        \(answer) P100 | \(answer) P100 | \(answer) P100 | \(answer) P150 | \(answer) P70 | \(answer) P70 |
        \(answer) P10 | \(answer) P10 | \(answer) W100 | \(answer) W150 | ignore C30 | ignore X
        """
    }

    static func describe(_ machine: borrowing SessionStateMachine) -> String {
        guard let transport = machine.transport, let deadline = machine.nextDeadline else {
            return machine.transport == nil && machine.nextDeadline == nil && !machine.isOpen
                ? "X" : "in two states at once"
        }
        switch (transport, machine.isOpen) {
        case (.polling, true): return "P\(deadline)"
        case (.websocket, true): return "W\(deadline)"
        case (.polling, false): return "C\(deadline)"
        case (.websocket, false): return "a closed WebSocket"
        }
    }

    @Test(arguments: MachineEvent.allCases, MachineState.allCases)
    func cell(event: MachineEvent, state: MachineState) throws {
        try Self.check(.v4, event, state, in: Self.table)
    }

    /// Lets the event happen to a machine in that state and compares with the table's cell.
    static func check(
        _ version: ProtocolVersion, _ event: MachineEvent, _ state: MachineState,
        in table: [MachineEvent: String]
    ) throws {
        let row = try #require(table[event]).split(whereSeparator: \.isNewline).joined(separator: " ")
        let cells = row.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
        try #require(cells.count == MachineState.allCases.count)
        let column = try #require(MachineState.allCases.firstIndex(of: state))

        var machine = state.make(version)
        let answer = event.happen(to: &machine, now: state.now)
        let after = describe(machine)
        #expect("\(answer) \(after)" == cells[column])
    }
}
