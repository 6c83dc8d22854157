internal import Testing
internal import WebSocketProtocol

@Suite struct MessageAssemblerTests {
    static let maxMessage = 100
    static let maxFragments = 3

    /// Each state, reached by the frames that lead there.
    enum Situation: CaseIterable {
        case idle, text, binary, fullOfBytes, fullOfFragments, closed, failed, failedAfterClose

        var frames: [FrameHeader] {
            switch self {
            case .idle: []
            case .text: [.frame(.text, fin: false, 10)]
            case .binary: [.frame(.binary, fin: false, 10)]
            case .fullOfBytes: [.frame(.text, fin: false, 60), .frame(.continuation, fin: false, 40)]
            case .fullOfFragments:
                [
                    .frame(.text, fin: false, 10), .frame(.continuation, fin: false),
                    .frame(.continuation, fin: false),
                ]
            case .closed: [.frame(.close)]
            case .failed: [.frame(.continuation, 10)]
            case .failedAfterClose: [.frame(.close), .frame(.ping)]
            }
        }
    }

    /// Each frame that makes a difference.
    enum Event: CaseIterable {
        case text, textBegins, textTooBig, textBeginsTooBig, binary, binaryBegins
        case continues, continuesEmpty, ends, endsEmpty, endsAtTheLimit, endsTooBig, ping, pong, close

        var frame: FrameHeader {
            switch self {
            case .text: .frame(.text, MessageAssemblerTests.maxMessage)
            case .textBegins: .frame(.text, fin: false, 10)
            case .textTooBig: .frame(.text, MessageAssemblerTests.maxMessage + 1)
            case .textBeginsTooBig: .frame(.text, fin: false, MessageAssemblerTests.maxMessage + 1)
            case .binary: .frame(.binary)
            case .binaryBegins: .frame(.binary, fin: false, 10)
            case .continues: .frame(.continuation, fin: false, 1)
            case .continuesEmpty: .frame(.continuation, fin: false)
            case .ends: .frame(.continuation, 1)
            case .endsEmpty: .frame(.continuation)
            case .endsAtTheLimit: .frame(.continuation, 90)
            case .endsTooBig: .frame(.continuation, 91)
            case .ping: .frame(.ping, 125)
            case .pong: .frame(.pong, 125)
            case .close: .frame(.close, 2)
            }
        }
    }

    /// The rules, by situation; `Event.allCases` in order.
    static func expected(_ situation: Situation) -> [Outcome] {
        switch situation {
        case .idle:
            [
                .success(.message(.text)), .success(.firstFragment(.text)), .failure(.messageTooBig),
                .failure(.messageTooBig), .success(.message(.binary)), .success(.firstFragment(.binary)),
            ] + Array(repeating: .failure(.continuationWithoutStart), count: 6) + Self.control
        case .text, .binary:
            Self.interrupted + [
                .success(.fragment), .success(.fragment),
                .success(.lastFragment(situation == .text ? .text : .binary)),
                .success(.lastFragment(situation == .text ? .text : .binary)),
                .success(.lastFragment(situation == .text ? .text : .binary)),
                .failure(.messageTooBig),
            ] + Self.control
        case .fullOfBytes:
            Self.interrupted + [
                .failure(.messageTooBig), .success(.fragment), .failure(.messageTooBig),
                .success(.lastFragment(.text)), .failure(.messageTooBig), .failure(.messageTooBig),
            ] + Self.control
        case .fullOfFragments:
            Self.interrupted + Array(repeating: .failure(.tooManyFragments), count: 6) + Self.control
        case .closed, .failedAfterClose:
            Array(repeating: .failure(.frameAfterClose), count: Event.allCases.count)
        case .failed:
            Array(repeating: .failure(.continuationWithoutStart), count: Event.allCases.count)
        }
    }

    static let interrupted: [Outcome] = Array(repeating: .failure(.messageInterrupted), count: 6)
    static let control: [Outcome] = [.success(.ping), .success(.pong), .success(.close)]

    @Test("Every state and every frame", arguments: Situation.allCases)
    func stateAndEvent(_ situation: Situation) {
        #expect(Self.expected(situation).count == Event.allCases.count)
        for (event, expected) in zip(Event.allCases, Self.expected(situation)) {
            #expect(Self.outcomes(situation.frames + [event.frame]).last == expected, "\(event)")
        }
    }

    @Test("A ping or pong leaves every state as it was", arguments: Situation.allCases, [Opcode.ping, .pong])
    func controlFrameChangesNothing(_ situation: Situation, _ opcode: Opcode) {
        guard situation != .closed else { return }
        for event in Event.allCases {
            let plain = Self.outcomes(situation.frames + [event.frame]).last
            #expect(
                Self.outcomes(situation.frames + [.frame(opcode, 5), event.frame]).last == plain, "\(event)")
        }
    }

    @Test("A message that ended leaves nothing behind", arguments: [Situation.text, .binary])
    func messageEnds(_ situation: Situation) {
        for event in Event.allCases {
            let ended = situation.frames + [.frame(.continuation, 90), event.frame]
            #expect(Self.outcomes(ended).last == Self.outcomes([event.frame]).last, "\(event)")
        }
    }

    @Test("A violation is repeated for ever", arguments: Situation.allCases, Event.allCases)
    func failureStays(_ situation: Situation, _ event: Event) {
        let frames = situation.frames + [event.frame]
        guard case .failure(let violation)? = Self.outcomes(frames).last else { return }
        for next in Event.allCases {
            #expect(Self.outcomes(frames + [next.frame]).last == .failure(violation), "\(next)")
        }
    }

    @Test("After the close nothing is accepted", arguments: Situation.allCases)
    func closeEnds(_ situation: Situation) {
        guard case .success? = Self.outcomes(situation.frames + [.frame(.close)]).last else { return }
        for event in Event.allCases {
            let outcome = Self.outcomes(situation.frames + [.frame(.close), event.frame]).last
            #expect(outcome == .failure(.frameAfterClose), "\(event)")
        }
    }

    @Test("A flood of empty fragments ends at the default limit, 1024 frames")
    func emptyFragmentFlood() {
        var assembler = MessageAssembler(maxMessage: 1)
        #expect(assembler.outcome(.frame(.binary, fin: false)) == .success(.firstFragment(.binary)))
        for _ in 2...1024 {
            #expect(assembler.outcome(.frame(.continuation, fin: false)) == .success(.fragment))
        }
        #expect(assembler.outcome(.frame(.continuation, fin: false)) == .failure(.tooManyFragments))
        #expect(WebSocketViolation.tooManyFragments.closeCode == .policyViolation)
    }

    @Test("No fragments allowed: only whole messages")
    func noFragments() {
        let whole = MessageAssembler.outcomes([.frame(.text, 5)], maxMessage: 10, maxFragments: 0)
        #expect(whole == [.success(.message(.text))])
        let part = MessageAssembler.outcomes([.frame(.text, fin: false, 5)], maxMessage: 10, maxFragments: 0)
        #expect(part == [.failure(.tooManyFragments)])
    }

    @Test("Lengths that would overflow their sum are too big, without a trap")
    func overflow() {
        let frames: [FrameHeader] = [.frame(.text, fin: false, .max), .frame(.continuation, .max)]
        let outcomes = MessageAssembler.outcomes(frames, maxMessage: .max, maxFragments: 10)
        #expect(outcomes == [.success(.firstFragment(.text)), .failure(.messageTooBig)])
    }

    static func outcomes(_ frames: [FrameHeader]) -> [Outcome] {
        MessageAssembler.outcomes(frames, maxMessage: Self.maxMessage, maxFragments: Self.maxFragments)
    }
}
