internal import Testing
internal import WebSocketProtocol

@Suite struct WebSocketViolationTests {
    @Test("Every violation has a reason of its own that fits a close frame")
    func reasons() {
        let reasons = WebSocketViolation.allCases.map(\.reason)
        #expect(Set(reasons).count == WebSocketViolation.allCases.count)
        for reason in reasons {
            #expect(!reason.isEmpty && reason.utf8.count <= 123)
            #expect(reason.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
        }
    }

    @Test("Every violation can be told to the peer", arguments: WebSocketViolation.allCases)
    func closeFrame(_ violation: WebSocketViolation) {
        let payload = ClosePayload(code: violation.closeCode, reason: violation.reason)
        #expect(ClosePayloadTests.parse(payload.encode()) == .success(payload))
        #expect(payload.code == violation.closeCode)
    }

    @Test("The close codes: 1009 for size, 1008 for fragments, 1007 for text, 1002 for the rest")
    func closeCodes() {
        for violation in WebSocketViolation.allCases {
            let expected: UInt16 =
                switch violation {
                case .messageTooBig: 1009
                case .tooManyFragments: 1008
                case .invalidUTF8, .invalidDeflate: 1007
                default: 1002
                }
            #expect(violation.closeCode.rawValue == expected, "\(violation)")
        }
    }

    @Test("Control opcodes are 8 and above")
    func controlOpcodes() {
        #expect(Opcode.allCases.filter(\.isControl) == [.close, .ping, .pong])
    }
}
