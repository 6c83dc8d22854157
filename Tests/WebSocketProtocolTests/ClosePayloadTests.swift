internal import Testing
internal import WebSocketProtocol

@Suite struct ClosePayloadTests {
    static func parse(_ bytes: [UInt8]) -> Result<ClosePayload, WebSocketViolation> {
        do throws(WebSocketViolation) {
            return .success(try ClosePayload.parse(bytes.span))
        } catch {
            return .failure(error)
        }
    }

    @Test(
        "Broken payloads",
        arguments: [
            ([0x03], .closePayloadTooShort, .protocolError),
            ([0x03, 0xed], .invalidCloseCode, .protocolError),
            ([0x00, 0x00, 0x61], .invalidCloseCode, .protocolError),
            ([0x03, 0xe8, 0xff], .invalidUTF8, .invalidPayload),
            ([0x03, 0xe8, 0xe2, 0x82], .invalidUTF8, .invalidPayload),
            ([0x03, 0xe8] + [UInt8](repeating: 0x61, count: 124), .controlFrameTooLong, .protocolError),
        ] as [([UInt8], WebSocketViolation, CloseCode)])
    func broken(bytes: [UInt8], violation: WebSocketViolation, closeCode: CloseCode) {
        #expect(Self.parse(bytes) == .failure(violation))
        #expect(violation.closeCode == closeCode)
    }

    @Test(
        "Sound payloads",
        arguments: [
            ([], nil, ""), ([0x03, 0xe8], .normal, ""), ([0x03, 0xe9, 0x62, 0x79, 0x65], .goingAway, "bye"),
            ([0x13, 0x87, 0xe2, 0x82, 0xac], CloseCode(rawValue: 4999), "\u{20ac}"),
        ] as [([UInt8], CloseCode?, String)])
    func sound(bytes: [UInt8], code: CloseCode?, reason: String) {
        let payload = ClosePayload(code: code, reason: reason)
        #expect(Self.parse(bytes) == .success(payload))
        #expect(payload.code == code)
        #expect(payload.reason == reason)
        #expect(payload.encode() == bytes)
    }

    @Test("All 65,536 codes: the wire takes those of section 7.4 and IANA, and no other")
    func everyCode() {
        let taken = Set(1000...1015).subtracting([1004, 1005, 1006, 1015]).union(3000...4999)
        var wrong: [Int] = []
        for number in 0...65535 {
            let code = CloseCode(rawValue: UInt16(number))
            let bytes = [UInt8(number / 256), UInt8(number % 256)]
            let isTaken = taken.contains(number)
            let expected: Result<ClosePayload, WebSocketViolation> =
                isTaken ? .success(ClosePayload(code: code)) : .failure(.invalidCloseCode)
            if code.mayAppearOnTheWire != isTaken || Self.parse(bytes) != expected { wrong.append(number) }
            if ClosePayload(code: code).encode() != (isTaken ? bytes : []) { wrong.append(number) }
        }
        #expect(wrong.isEmpty, "\(wrong.count), first \(wrong.first ?? 0)")
    }

    @Test("The named codes have IANA's numbers")
    func namedCodes() {
        let named: [(CloseCode, UInt16)] = [
            (.normal, 1000), (.goingAway, 1001), (.protocolError, 1002), (.unsupportedData, 1003),
            (.noStatus, 1005), (.abnormal, 1006), (.invalidPayload, 1007), (.policyViolation, 1008),
            (.messageTooBig, 1009), (.internalError, 1011), (.serviceRestart, 1012), (.tryAgainLater, 1013),
        ]
        for (code, number) in named { #expect(code.rawValue == number) }
    }

    @Test(
        "A long reason is cut between characters, at most at 123 bytes",
        arguments: ["a", "\u{e9}", "\u{20ac}", "\u{1f600}"], 0..<4)
    func truncation(character: String, lead: Int) {
        let reason = String(repeating: "x", count: lead) + String(repeating: character, count: 200)
        let width = character.utf8.count
        let kept =
            String(repeating: "x", count: lead) + String(repeating: character, count: (123 - lead) / width)
        let payload = ClosePayload(code: .normal, reason: reason)
        #expect(payload.reason == kept)
        #expect(payload.encode().count <= 125)
        #expect(Self.parse(payload.encode()) == .success(payload))
    }

    @Test("123 bytes are kept, 124 are not")
    func longestReason() {
        let longest = String(repeating: "x", count: 123)
        #expect(ClosePayload(code: .normal, reason: longest).reason == longest)
        #expect(ClosePayload(code: .normal, reason: longest + "y").reason == longest)
    }

    @Test("Without a code there is no reason")
    func noCode() {
        let payload = ClosePayload(code: nil, reason: "lost")
        #expect(payload.reason.isEmpty)
        #expect(payload.encode().isEmpty)
    }
}
