internal import Testing
internal import WebSocketProtocol

/// RFC 6455 section 5.4 as a question about the whole history: no state, only what was accepted before.
struct AssemblerOracle {
    var maxMessage: Int
    var maxFragments: Int
    var accepted: [FrameHeader] = []
    var violation: WebSocketViolation?

    mutating func outcome(_ frame: FrameHeader) -> Outcome {
        if self.violation == nil { self.violation = self.broken(by: frame) }
        if let violation { return .failure(violation) }
        let open = self.openFragments
        self.accepted.append(frame)
        switch frame.opcode {
        case .ping: return .success(.ping)
        case .pong: return .success(.pong)
        case .close: return .success(.close)
        case .text, .binary, .continuation:
            let kind: MessageKind = (open.first ?? frame).opcode == .text ? .text : .binary
            if open.isEmpty { return .success(frame.fin ? .message(kind) : .firstFragment(kind)) }
            return .success(frame.fin ? .lastFragment(kind) : .fragment)
        }
    }

    /// The accepted data frames after the last one with FIN.
    private var openFragments: ArraySlice<FrameHeader> {
        let data = self.accepted.filter { ![.ping, .pong, .close].contains($0.opcode) }
        let end = data.lastIndex { $0.fin }.map { $0 + 1 } ?? 0
        return data[end...]
    }

    private func broken(by frame: FrameHeader) -> WebSocketViolation? {
        if self.accepted.contains(where: { $0.opcode == .close }) { return .frameAfterClose }
        if [.ping, .pong, .close].contains(frame.opcode) { return nil }
        let open = self.openFragments
        if open.isEmpty, frame.opcode == .continuation { return .continuationWithoutStart }
        if !open.isEmpty, frame.opcode != .continuation { return .messageInterrupted }
        if !open.isEmpty, open.count + 1 > self.maxFragments { return .tooManyFragments }
        let total = open.reduce(frame.payloadLength) { $0 + $1.payloadLength }
        if total > self.maxMessage { return .messageTooBig }
        if open.isEmpty, !frame.fin, self.maxFragments < 1 { return .tooManyFragments }
        return nil
    }
}

@Suite struct MessageAssemblerRandomTests {
    @Test("Random sequences agree with the oracle", arguments: UInt64(0)..<64)
    func agrees(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let maxMessage = Int.random(in: 0...200, using: &generator)
            let maxFragments = Int.random(in: 0...8, using: &generator)
            var assembler = MessageAssembler(maxMessage: maxMessage, maxFragments: maxFragments)
            var oracle = AssemblerOracle(maxMessage: maxMessage, maxFragments: maxFragments)
            var frames: [FrameHeader] = []
            var isOpen = false
            for _ in 0..<40 {
                let frame = Self.frame(isOpen: isOpen, using: &generator)
                frames.append(frame)
                let outcome = assembler.outcome(frame)
                let expected = oracle.outcome(frame)
                guard outcome == expected else {
                    Issue.record("seed \(seed), \(oracle): \(frames): \(outcome), not \(expected)")
                    return
                }
                if !frame.opcode.isControl { isOpen = !frame.fin }
            }
        }
    }

    /// Mostly a frame that may come now, so that sequences run deep; sometimes any frame.
    static func frame(isOpen: Bool, using generator: inout SeededGenerator) -> FrameHeader {
        let sensible: [Opcode] = isOpen ? [.continuation, .continuation, .ping] : [.text, .binary, .pong]
        let opcodes = generator.oneIn(20) ? Opcode.allCases : sensible
        let opcode = opcodes.randomElement(using: &generator) ?? .text
        let length = generator.oneIn(4) ? 0 : Int.random(in: 0...60, using: &generator)
        return .frame(opcode, fin: opcode.isControl || generator.oneIn(2), length)
    }
}
