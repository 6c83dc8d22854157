internal import EngineIOProtocol
internal import Testing

/// Polling payloads of v3, in their text form and in their binary form.
struct PayloadV3Tests {
    /// The packets of a payload in words: `4:hello`, `b:AQID`, `[1, 2]`; the last is the violation's name, if any.
    private static func read(_ bytes: [UInt8], _ form: PayloadForm, maxPackets: Int = 100) -> [String] {
        var decoder = PayloadDecoder(form: form, maxPackets: maxPackets)
        var packets: [String] = []
        do throws(EngineViolation) {
            while let packet = try decoder.next(in: bytes.span) {
                switch packet {
                case .text(let type, let data):
                    packets.append("\(type.rawValue):" + String(decoding: bytes[data], as: UTF8.self))
                case .base64(let data): packets.append("b:" + String(decoding: bytes[data], as: UTF8.self))
                case .binary(let data): packets.append("\(Array(bytes[data]))")
                }
                if packets.count > bytes.count { return packets + ["endless"] }
            }
        } catch {
            packets.append("\(error)")
        }
        return packets
    }

    static let texts: [(String, [String])] = [
        ("6:4hello", ["4:hello"]),
        ("6:4hello2:4€", ["4:hello", "4:€"]),
        ("2:4€10:b4AQIDBA==", ["4:€", "b:AQIDBA=="]),
        ("1:2", ["2:"]),
        ("01:2", ["2:"]),
        ("0000000001:2", ["2:"]),
        ("6:2probe1:5", ["2:probe", "5:"]),
        ("3:4😀", ["4:😀"]),
        ("5:4😀é11:6", ["4:😀é1", "6:"]),
        ("3:4:42:4:", ["4::4", "4::"]),
        ("0:", []),
        ("0:0:1:6", ["6:"]),
        ("1:60:", ["6:"]),
        ("2:b4", ["b:"]),
        ("6:b2AQID", ["2:AQID"]),
        ("", ["emptyPacket"]),
        (":", ["malformedLength"]),
        ("4hello", ["malformedLength"]),
        ("abc", ["malformedLength"]),
        ("-1:4", ["malformedLength"]),
        ("+1:4", ["malformedLength"]),
        ("1e0:4", ["malformedLength"]),
        (" 1:4", ["malformedLength"]),
        ("1.0:4", ["malformedLength"]),
        ("6", ["malformedLength"]),
        ("6:", ["malformedLength"]),
        ("6:4hell", ["malformedLength"]),
        ("5:4hello", ["4:hell", "malformedLength"]),
        ("2:4😀", ["malformedLength"]),
        ("4:4😀", ["malformedLength"]),
        ("00000000001:2", ["malformedLength"]),
        ("9999999999:4", ["malformedLength"]),
        ("99999999999999999999999999:4", ["malformedLength"]),
        ("1:7", ["unknownPacketType"]),
        ("1:b", ["unknownPacketType"]),
        ("2:b7", ["unknownPacketType"]),
        ("3:bAQ", ["unknownPacketType"]),
        ("1:41:x", ["4:", "unknownPacketType"]),
        ("4hello\u{1E}4x", ["malformedLength"]),
    ]

    @Test(arguments: texts)
    func decodeText(payload: String, packets: [String]) {
        #expect(Self.read(Array(payload.utf8), .v3Text) == packets)
    }

    static let binaries: [([UInt8], [String])] = [
        ([0, 6, 255, 52, 104, 101, 108, 108, 111, 1, 5, 255, 4, 1, 2, 3, 4], ["4:hello", "[1, 2, 3, 4]"]),
        ([0, 4, 255, 0x34, 0xE2, 0x82, 0xAC, 1, 5, 255, 4, 1, 2, 3, 4], ["4:€", "[1, 2, 3, 4]"]),
        ([0, 1, 0, 255] + Array("4123456789".utf8), ["4:123456789"]),
        ([1, 1, 255, 4], ["[]"]),
        ([1, 2, 255, 2, 9], ["2:\t"]),
        ([0, 6, 255] + Array("b4AQID".utf8), ["b:AQID"]),
        ([0, 0, 255], []),
        ([1, 0, 255, 0, 1, 255, 0x36], ["6:"]),
        ([], ["emptyPacket"]),
        ([0], ["malformedLength"]),
        ([0, 255], ["malformedLength"]),
        ([1, 1], ["malformedLength"]),
        ([1, 1, 255], ["malformedLength"]),
        ([1, 2, 255, 4], ["malformedLength"]),
        ([2, 1, 255, 4], ["malformedLength"]),
        ([0x36, 0x3A, 0x34], ["malformedLength"]),
        ([0, 10, 255, 0x34], ["malformedLength"]),
        ([0, 0x31, 255, 0x34], ["malformedLength"]),
        ([1] + Array(repeating: 9, count: 10) + [255, 4], ["malformedLength"]),
        ([1] + Array(repeating: 0, count: 10) + [1, 255, 4], ["malformedLength"]),
        ([1] + Array(repeating: 9, count: 400) + [255, 4], ["malformedLength"]),
        ([1, 1, 255, 7], ["unknownPacketType"]),
        ([1, 1, 255, 0x34], ["unknownPacketType"]),
        ([0, 1, 255, 4], ["unknownPacketType"]),
    ]

    @Test(arguments: binaries)
    func decodeBinary(payload: [UInt8], packets: [String]) {
        #expect(Self.read(payload, .v3Binary) == packets)
    }

    @Test("An empty record counts, so that a payload of nothing else is bounded", arguments: [0, 1, 2, 3, 4])
    func packetLimit(limit: Int) {
        let three = Self.read(Array("2:4a0:2:4b".utf8), .v3Text, maxPackets: limit)
        let expected = [["tooManyPackets"], ["4:a", "tooManyPackets"], ["4:a", "tooManyPackets"]]
        #expect(three == (limit >= 3 ? ["4:a", "4:b"] : expected[limit]))
    }

    /// A packet as the two sides of a round trip see it.
    private struct Sent {
        var isBinary = false
        var text = ""
        var data: [UInt8] = []
    }

    private static func packets(_ random: inout SeededGenerator) -> [Sent] {
        (0..<Int.random(in: 1...12, using: &random)).map { _ in
            if Bool.random(using: &random) {
                return Sent(isBinary: true, data: random.bytes(Int.random(in: 0...130, using: &random)))
            }
            let scalars = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                let range: ClosedRange<UInt32> =
                    Bool.random(using: &random) ? 0x20...0xD7FF : 0xE000...0x10FFFF
                return Unicode.Scalar(UInt32.random(in: range, using: &random)) ?? "x"
            }
            return Sent(text: String(String.UnicodeScalarView(scalars)))
        }
    }

    /// What JavaScript would send: lengths counted by Swift's own UTF-16 view.
    private static func expectedText(_ packets: [Sent]) -> String {
        packets.map { packet in
            let record = packet.isBinary ? "b4" + Base64Oracle.encode(packet.data) : "4" + packet.text
            return "\(record.utf16.count):\(record)"
        }.joined()
    }

    private static func expectedBinary(_ packets: [Sent]) -> [UInt8] {
        packets.flatMap { packet -> [UInt8] in
            let record = packet.isBinary ? [4] + packet.data : Array("4\(packet.text)".utf8)
            let digits = String(record.count).compactMap(\.wholeNumberValue).map { UInt8($0) }
            return [packet.isBinary ? 1 : 0] + digits + [255] + record
        }
    }

    @Test(arguments: SeededGenerator.seeds)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let packets = Self.packets(&random)
            var text = PayloadEncoder(form: .v3Text)
            var binary = PayloadEncoder(form: .v3Binary)
            for packet in packets {
                if packet.isBinary {
                    text.append(binary: packet.data)
                    binary.append(binary: packet.data)
                } else {
                    text.append(text: Array("4\(packet.text)".utf8))
                    binary.append(text: Array("4\(packet.text)".utf8))
                }
            }
            #expect(String(decoding: text.bytes, as: UTF8.self) == Self.expectedText(packets))
            #expect(binary.bytes == Self.expectedBinary(packets))
            let words = packets.map { $0.isBinary ? "b:" + Base64Oracle.encode($0.data) : "4:" + $0.text }
            #expect(Self.read(text.bytes, .v3Text) == words)
            #expect(
                Self.read(binary.bytes, .v3Binary)
                    == packets.map { $0.isBinary ? "\($0.data)" : "4:" + $0.text })
        }
    }

    @Test(
        "Every cut of a payload is an error, or ends between two packets",
        arguments: [PayloadForm.v3Text, .v3Binary])
    func cuts(form: PayloadForm) {
        var encoder = PayloadEncoder(form: form)
        encoder.append(text: Array("4€ and 😀".utf8))
        encoder.append(binary: [1, 2, 3, 4])
        encoder.append(.noop)
        let whole = Self.read(encoder.bytes, form)
        #expect(whole.count == 3)
        var clean = 0
        for end in encoder.bytes.indices {
            let packets = Self.read(Array(encoder.bytes[..<end]), form)
            if packets.last == "malformedLength" || packets.last == "emptyPacket" {
                #expect(whole.starts(with: packets.dropLast()))
            } else {
                #expect(whole.starts(with: packets))
                clean += 1
            }
        }
        #expect(clean == 2)
    }

    @Test(
        "Random bytes and damaged payloads never trap and never go on for ever",
        arguments: SeededGenerator.seeds, PayloadForm.allCases)
    func hostileBytes(seed: UInt64, form: PayloadForm) {
        var random = SeededGenerator(seed: seed)
        let likely: [UInt8] = [
            0x30, 0x31, 0x32, 0x34, 0x39, 0x3A, 0x62, 0x1E, 0xFF, 0, 1, 2, 4, 9, 0x80, 0xE2, 0xF0, 0xF4,
        ]
        for _ in 0..<3_000 {
            let count = Int.random(in: 0...32, using: &random)
            let bytes =
                Bool.random(using: &random)
                ? random.bytes(count) : (0..<count).map { _ in likely.randomElement(using: &random) ?? 0 }
            let packets = Self.read(bytes, form, maxPackets: Int.random(in: 0...8, using: &random))
            #expect(packets.last != "endless")
            #expect(packets.count <= 9)
        }
    }

    @Test func forms() {
        #expect(PayloadForm(.v4, isBinary: false) == .v4)
        #expect(PayloadForm(.v4, isBinary: true) == nil)
        #expect(PayloadForm(.v3, isBinary: false) == .v3Text)
        #expect(PayloadForm(.v3, isBinary: true) == .v3Binary)
        #expect(PayloadForm.v3Binary.contentType == "application/octet-stream")
        #expect(PayloadForm.v3Text.contentType == "text/plain; charset=UTF-8")
        #expect(PacketForm(.v4, base64: true) == .v4)
        #expect(PacketForm(.v3, base64: true) == .v3Base64)
        #expect(PacketForm(.v3, base64: false) == .v3)
        #expect(PacketForm.allCases.map(\.version) == [.v4, .v3, .v3])
        #expect(PacketForm.allCases.map { $0.payload(holdsBinary: true) } == [.v4, .v3Binary, .v3Text])
        #expect(PacketForm.allCases.map { $0.payload(holdsBinary: false) } == [.v4, .v3Text, .v3Text])
    }

    static let packets: [([UInt8], Bool, ProtocolVersion, String)] = [
        (Array("4a".utf8), false, .v3, "text(EngineIOProtocol.EnginePacketType.message, Range(1..<2))"),
        (Array("b4AQ".utf8), false, .v3, "base64(Range(2..<4))"),
        (Array("bAQ".utf8), false, .v4, "base64(Range(1..<3))"),
        ([4, 1], true, .v3, "binary(Range(1..<2))"),
        ([], false, .v3, "emptyPacket"),
        ([], true, .v3, "emptyPacket"),
        ([9], true, .v3, "unknownPacketType"),
    ]

    @Test(arguments: packets)
    func packet(bytes: [UInt8], isBinary: Bool, version: ProtocolVersion, expected: String) {
        let found: String
        do throws(EngineViolation) {
            found =
                "\(try PacketDecoder.decode(bytes.span, at: bytes.indices, isBinary: isBinary, version: version))"
        } catch {
            found = "\(error)"
        }
        #expect(found == expected)
    }

    @Test func rangeOutsideTheBytes() {
        #expect(throws: EngineViolation.emptyPacket) {
            try PacketDecoder.decode([0x34].span, at: 0..<2, isBinary: false, version: .v3)
        }
        #expect(throws: EngineViolation.emptyPacket) {
            try PacketDecoder.decode([0x34].span, at: -1..<1, isBinary: false, version: .v3)
        }
    }
}
