internal import Testing
internal import WebSocketProtocol

/// A header that breaks one rule.
struct BadHeader: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var violation: WebSocketViolation
    var closeCode: CloseCode
    /// How many bytes it takes to tell.
    var toldAt: Int
    var role = Role.server
    var maxPayload = 1_000_000
    var allowedRSV: UInt8 = 0

    var testDescription: String { self.name }

    var decoder: FrameDecoder {
        FrameDecoder(role: self.role, maxPayload: self.maxPayload, allowedRSV: self.allowedRSV)
    }
}

/// A header that is right.
struct GoodHeader: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var header: FrameHeader
    var role = Role.client
    var allowedRSV: UInt8 = 0

    var testDescription: String { self.name }
}

@Suite struct FrameDecoderTests {
    static let bad: [BadHeader] = [
        BadHeader(
            name: "RSV1", bytes: [0xc1, 0x80, 1, 2, 3, 4], violation: .reservedBits,
            closeCode: .protocolError, toldAt: 1),
        BadHeader(
            name: "RSV2", bytes: [0xa1, 0x80, 1, 2, 3, 4], violation: .reservedBits,
            closeCode: .protocolError, toldAt: 1),
        BadHeader(
            name: "RSV3", bytes: [0x91, 0x80, 1, 2, 3, 4], violation: .reservedBits,
            closeCode: .protocolError, toldAt: 1),
        BadHeader(
            name: "RSV2 where RSV1 is negotiated", bytes: [0xa1, 0x80, 1, 2, 3, 4],
            violation: .reservedBits, closeCode: .protocolError, toldAt: 1, allowedRSV: FrameHeader.rsv1),
        BadHeader(
            name: "RSV1 on a continuation, though negotiated", bytes: [0xc0, 0x80, 1, 2, 3, 4],
            violation: .reservedBits, closeCode: .protocolError, toldAt: 1, allowedRSV: FrameHeader.rsv1),
        BadHeader(
            name: "RSV1 on a ping, though negotiated", bytes: [0xc9, 0x80, 1, 2, 3, 4],
            violation: .reservedBits, closeCode: .protocolError, toldAt: 1, allowedRSV: FrameHeader.rsv1),
        BadHeader(
            name: "opcode 3", bytes: [0x83, 0x80, 1, 2, 3, 4], violation: .reservedOpcode,
            closeCode: .protocolError, toldAt: 1),
        BadHeader(
            name: "opcode 7", bytes: [0x87, 0x80, 1, 2, 3, 4], violation: .reservedOpcode,
            closeCode: .protocolError, toldAt: 1),
        BadHeader(
            name: "opcode 11", bytes: [0x8b, 0x80, 1, 2, 3, 4], violation: .reservedOpcode,
            closeCode: .protocolError, toldAt: 1),
        BadHeader(
            name: "opcode 15", bytes: [0x8f, 0x80, 1, 2, 3, 4], violation: .reservedOpcode,
            closeCode: .protocolError, toldAt: 1),
        BadHeader(
            name: "fragmented ping", bytes: [0x09, 0x80, 1, 2, 3, 4], violation: .fragmentedControlFrame,
            closeCode: .protocolError, toldAt: 1),
        BadHeader(
            name: "fragmented close", bytes: [0x08, 0x80, 1, 2, 3, 4], violation: .fragmentedControlFrame,
            closeCode: .protocolError, toldAt: 1),
        BadHeader(
            name: "ping of 126 bytes", bytes: [0x89, 0xfe, 0, 126, 1, 2, 3, 4],
            violation: .controlFrameTooLong, closeCode: .protocolError, toldAt: 2),
        BadHeader(
            name: "close of 2^63 bytes", bytes: [0x88, 0xff, 128, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4],
            violation: .controlFrameTooLong, closeCode: .protocolError, toldAt: 2),
        BadHeader(
            name: "unmasked frame to a server", bytes: [0x81, 0x05], violation: .unmaskedFrame,
            closeCode: .protocolError, toldAt: 2),
        BadHeader(
            name: "masked frame to a client", bytes: [0x81, 0x85, 1, 2, 3, 4], violation: .maskedFrame,
            closeCode: .protocolError, toldAt: 2, role: .client),
        BadHeader(
            name: "125 in 16 bits", bytes: [0x81, 0xfe, 0, 125, 1, 2, 3, 4], violation: .nonMinimalLength,
            closeCode: .protocolError, toldAt: 4),
        BadHeader(
            name: "65535 in 64 bits", bytes: [0x82, 0xff, 0, 0, 0, 0, 0, 0, 255, 255, 1, 2, 3, 4],
            violation: .nonMinimalLength, closeCode: .protocolError, toldAt: 8),
        BadHeader(
            name: "2^63 bytes", bytes: [0x82, 0xff, 128, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4],
            violation: .lengthOutOfRange, closeCode: .protocolError, toldAt: 3),
        BadHeader(
            name: "2^64 - 1 bytes", bytes: [0x82] + [UInt8](repeating: 255, count: 9) + [1, 2, 3, 4],
            violation: .lengthOutOfRange, closeCode: .protocolError, toldAt: 3, maxPayload: .max),
        BadHeader(
            name: "2^63 - 1 bytes, no limit given",
            bytes: [0x82, 0xff, 127] + [UInt8](repeating: 255, count: 7),
            violation: .messageTooBig, closeCode: .messageTooBig, toldAt: 10, maxPayload: .max),
        BadHeader(
            name: "7-bit length over the limit", bytes: [0x81, 0x8b, 1, 2, 3, 4], violation: .messageTooBig,
            closeCode: .messageTooBig, toldAt: 2, maxPayload: 10),
        BadHeader(
            name: "16-bit length over the limit", bytes: [0x81, 0xfe, 0x04, 0x01, 1, 2, 3, 4],
            violation: .messageTooBig, closeCode: .messageTooBig, toldAt: 4, maxPayload: 1024),
        BadHeader(
            name: "16-bit length over the limit by its first byte", bytes: [0x81, 0xfe, 0x05, 0, 1, 2, 3, 4],
            violation: .messageTooBig, closeCode: .messageTooBig, toldAt: 3, maxPayload: 1024),
        BadHeader(
            name: "256 MB fragment over the limit", bytes: [0, 0xff, 0, 0, 0, 0, 16, 0, 0, 0, 1, 2, 3, 4],
            violation: .messageTooBig, closeCode: .messageTooBig, toldAt: 7),
        BadHeader(
            name: "one byte where none is allowed", bytes: [0x82, 0x81, 1, 2, 3, 4],
            violation: .messageTooBig, closeCode: .messageTooBig, toldAt: 2, maxPayload: -1),
    ]

    @Test("Every rule is enforced at the byte that tells it, and never later", arguments: Self.bad)
    func rule(_ bad: BadHeader) {
        for length in 0..<bad.toldAt {
            #expect(bad.decoder.verdict(bad.bytes.prefix(length)) == .success(nil), "\(length) bytes")
        }
        for length in bad.toldAt...bad.bytes.count {
            #expect(
                bad.decoder.verdict(bad.bytes.prefix(length)) == .failure(bad.violation), "\(length) bytes")
        }
        #expect(bad.violation.closeCode == bad.closeCode)
    }

    static let good: [GoodHeader] = [
        GoodHeader(
            name: "RFC 5.7: unmasked Hello", bytes: [0x81, 0x05],
            header: FrameHeader(fin: true, opcode: .text, payloadLength: 5, headerLength: 2)),
        GoodHeader(
            name: "RFC 5.7: masked Hello", bytes: [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d],
            header: FrameHeader(
                fin: true, opcode: .text, maskingKey: 0x3d21_fa37, payloadLength: 5, headerLength: 6),
            role: .server),
        GoodHeader(
            name: "RFC 5.7: first fragment", bytes: [0x01, 0x03],
            header: FrameHeader(fin: false, opcode: .text, payloadLength: 3, headerLength: 2)),
        GoodHeader(
            name: "RFC 5.7: last fragment", bytes: [0x80, 0x02],
            header: FrameHeader(fin: true, opcode: .continuation, payloadLength: 2, headerLength: 2)),
        GoodHeader(
            name: "RFC 5.7: masked pong", bytes: [0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d],
            header: FrameHeader(
                fin: true, opcode: .pong, maskingKey: 0x3d21_fa37, payloadLength: 5, headerLength: 6),
            role: .server),
        GoodHeader(
            name: "RFC 5.7: 256 bytes", bytes: [0x82, 0x7e, 0x01, 0x00],
            header: FrameHeader(fin: true, opcode: .binary, payloadLength: 256, headerLength: 4)),
        GoodHeader(
            name: "RFC 5.7: 64 KiB", bytes: [0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0],
            header: FrameHeader(fin: true, opcode: .binary, payloadLength: 65536, headerLength: 10)),
        GoodHeader(
            name: "a masked MB, the longest header",
            bytes: [0x02, 0xff, 0, 0, 0, 0, 0, 15, 66, 64, 9, 0, 0, 255],
            header: FrameHeader(
                fin: false, opcode: .binary, maskingKey: 0xff00_0009, payloadLength: 1_000_000,
                headerLength: 14),
            role: .server),
        GoodHeader(
            name: "ping of 125 bytes", bytes: [0x89, 0x7d],
            header: FrameHeader(fin: true, opcode: .ping, payloadLength: 125, headerLength: 2)),
        GoodHeader(
            name: "empty close", bytes: [0x88, 0x00],
            header: FrameHeader(fin: true, opcode: .close, payloadLength: 0, headerLength: 2)),
        GoodHeader(
            name: "negotiated RSV1", bytes: [0xc1, 0x05],
            header: FrameHeader(fin: true, rsv: 4, opcode: .text, payloadLength: 5, headerLength: 2),
            allowedRSV: FrameHeader.rsv1),
        GoodHeader(
            name: "negotiated RSV2 and RSV3", bytes: [0x32, 0x05],
            header: FrameHeader(fin: false, rsv: 3, opcode: .binary, payloadLength: 5, headerLength: 2),
            allowedRSV: 0b011),
    ]

    @Test("A header is found whole, and only when it is whole", arguments: Self.good)
    func header(_ good: GoodHeader) {
        let decoder = FrameDecoder(role: good.role, maxPayload: 1_000_000, allowedRSV: good.allowedRSV)
        for length in 0..<good.bytes.count {
            #expect(decoder.verdict(good.bytes.prefix(length)) == .success(nil), "\(length) bytes")
        }
        #expect(decoder.verdict(good.bytes) == .success(good.header))
        #expect(decoder.verdict(good.bytes + [0xff, 0xff, 0xff]) == .success(good.header))
    }

    @Test("A control frame does not fall under the limit for messages")
    func controlFramesHaveALimitOfTheirOwn() {
        let decoder = FrameDecoder(role: .client, maxPayload: 10)
        let ping = FrameHeader(fin: true, opcode: .ping, payloadLength: 125, headerLength: 2)
        #expect(decoder.verdict([0x89, 125]) == .success(ping))
    }

    @Test(
        "All 65,536 pairs of first bytes agree with the oracle", arguments: [Role.server, .client],
        [UInt8(0), FrameHeader.rsv1])
    func everyFirstTwoBytes(role: Role, allowedRSV: UInt8) {
        let decoder = FrameDecoder(role: role, maxPayload: 70_000, allowedRSV: allowedRSV)
        let oracle = HeaderOracle(role: role, maxPayload: 70_000, allowedRSV: allowedRSV)
        let tails: [[UInt8]] = [
            [0, 126, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], [0, 0, 0, 0, 0, 1, 0, 0, 9, 8, 7, 6],
        ]
        var disagreements: [[UInt8]] = []
        for pair in UInt16.min...UInt16.max {
            // The tail matters only to an extended length.
            for tail in pair & 0x7f > 125 ? tails : [tails[0]] {
                let bytes = [UInt8(pair >> 8), UInt8(pair & 0xff)] + tail
                if decoder.verdict(bytes) != oracle.verdict(bytes) { disagreements.append(bytes) }
            }
        }
        #expect(disagreements.isEmpty, "\(disagreements.count), first \(disagreements.first ?? [])")
    }

    @Test("Random headers: every prefix agrees with the oracle", arguments: UInt64(0)..<16)
    func randomPrefixes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let oracle = HeaderOracle(
                role: Bool.random(using: &generator) ? .server : .client,
                maxPayload: [0, 100, 125, 126, 300, 65535, 65536, 1 << 20, 1 << 40, .max - 14]
                    .randomElement(using: &generator) ?? 0,
                allowedRSV: generator.oneIn(2) ? 0 : UInt8.random(in: 0...7, using: &generator))
            let decoder = FrameDecoder(
                role: oracle.role, maxPayload: oracle.maxPayload, allowedRSV: oracle.allowedRSV)
            let bytes = Self.randomHeader(role: oracle.role, using: &generator)
            for length in 0...14 {
                let expected = Self.earliestVerdict(bytes, length: length, oracle)
                let verdict = decoder.verdict(bytes.prefix(length))
                guard verdict != expected else { continue }
                Issue.record("seed \(seed): \(length) of \(bytes), \(oracle): \(verdict), not \(expected)")
                return
            }
        }
    }

    /// 14 bytes that are often, but not always, a correct header.
    static func randomHeader(role: Role, using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = generator.bytes(14)
        if !generator.oneIn(8) { bytes[0] &= 0x8f }
        if !generator.oneIn(8) { bytes[0] = bytes[0] & 0xf0 | [0, 1, 2, 8, 9, 10][Int(bytes[0] & 0x0f) % 6] }
        if !generator.oneIn(8) { bytes[1] = bytes[1] & 0x7f | (role == .server ? 0x80 : 0) }
        if generator.oneIn(2) { bytes[1] |= 0x7e }
        for index in 2..<Int.random(in: 2...10, using: &generator) { bytes[index] = 0 }
        return bytes
    }

    /// What must be answered to a prefix: the header once it is whole; else a violation if it stands whatever
    /// follows, which the smallest and the largest continuation show; else "more bytes".
    static func earliestVerdict(_ bytes: [UInt8], length: Int, _ oracle: HeaderOracle) -> HeaderVerdict {
        let prefix = bytes.prefix(length)
        let least = oracle.verdict(prefix + [UInt8](repeating: 0, count: 14 - length))
        let most = oracle.verdict(prefix + [UInt8](repeating: 255, count: 14 - length))
        switch (least, most) {
        case (.failure(let one), .failure(let other)) where one == other: return .failure(one)
        case (.success(let header?), .success(let other?))
        where header == other && header.headerLength <= length:
            return .success(header)
        default: return .success(nil)
        }
    }
}
