internal import WebSocketProtocol

/// What an assembler may answer to a frame.
typealias Outcome = Result<OnFrame, WebSocketViolation>

extension MessageAssembler {
    mutating func outcome(_ header: FrameHeader) -> Outcome {
        do throws(WebSocketViolation) {
            return .success(try self.receive(header))
        } catch {
            return .failure(error)
        }
    }

    /// The answers to a whole sequence, from a fresh assembler.
    static func outcomes(_ frames: [FrameHeader], maxMessage: Int, maxFragments: Int) -> [Outcome] {
        var assembler = MessageAssembler(maxMessage: maxMessage, maxFragments: maxFragments)
        var outcomes: [Outcome] = []
        for frame in frames { outcomes.append(assembler.outcome(frame)) }
        return outcomes
    }
}

extension FrameHeader {
    /// A frame as the assembler sees it.
    static func frame(_ opcode: Opcode, fin: Bool = true, _ payloadLength: Int = 0) -> FrameHeader {
        FrameHeader(fin: fin, opcode: opcode, payloadLength: payloadLength, headerLength: 2)
    }
}
