internal import EngineIOProtocol
internal import Testing

/// Polling payloads of v4: packets joined by 0x1E, binary messages as `b` and base64.
struct PayloadTests {
    /// The records of a payload in words: `4:hello`, `b:AQID`; the last is the violation's name, if any.
    private static func read(_ bytes: [UInt8], maxPackets: Int = 100) -> [String] {
        var decoder = PayloadDecoder(maxPackets: maxPackets)
        var records: [String] = []
        do throws(EngineViolation) {
            while let record = try decoder.next(in: bytes.span) {
                switch record {
                case .text(let type, let data):
                    records.append("\(type.rawValue):" + String(decoding: bytes[data], as: UTF8.self))
                case .base64(let data): records.append("b:" + String(decoding: bytes[data], as: UTF8.self))
                case .binary: records.append("bytes, which v4 has not")
                }
                if records.count > bytes.count { return records + ["endless"] }
            }
        } catch {
            records.append("\(error)")
        }
        return records
    }

    static let payloads: [(String, [String])] = [
        ("4hello\u{1E}bAQIDBA==", ["4:hello", "b:AQIDBA=="]),
        ("4", ["4:"]),
        ("0\u{1E}1\u{1E}2\u{1E}3\u{1E}4\u{1E}5\u{1E}6", ["0:", "1:", "2:", "3:", "4:", "5:", "6:"]),
        ("2probe", ["2:probe"]),
        ("4\u{1E}4", ["4:", "4:"]),
        ("b", ["b:"]),
        ("4€\u{1E}4é", ["4:€", "4:é"]),
        ("", ["emptyPacket"]),
        ("\u{1E}", ["emptyPacket"]),
        ("4a\u{1E}", ["4:a", "emptyPacket"]),
        ("\u{1E}4a", ["emptyPacket"]),
        ("4a\u{1E}\u{1E}4b", ["4:a", "emptyPacket"]),
        ("7", ["unknownPacketType"]),
        ("/", ["unknownPacketType"]),
        ("4a\u{1E}x", ["4:a", "unknownPacketType"]),
        ("B", ["unknownPacketType"]),
        ("\u{0}", ["unknownPacketType"]),
    ]

    @Test(arguments: payloads)
    func decode(payload: String, records: [String]) {
        #expect(Self.read(Array(payload.utf8)) == records)
    }

    @Test("After an error the decoder goes nowhere else")
    func bytesBeforeZero() {
        #expect(Self.read([0xFF]) == ["unknownPacketType"])
        #expect(Self.read([0x2F]) == ["unknownPacketType"])
    }

    @Test(arguments: [0, 1, 2, 3, 4])
    func packetLimit(limit: Int) {
        let three = Self.read(Array("4a\u{1E}4b\u{1E}4c".utf8), maxPackets: limit)
        let expected = ["4:a", "4:b", "4:c"]
        #expect(three == (limit >= 3 ? expected : expected.prefix(limit) + ["tooManyPackets"]))
    }

    @Test(arguments: SeededGenerator.seeds)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var encoder = PayloadEncoder(reserving: Int.random(in: 0...64, using: &random))
            var expected: [String] = []
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                switch Int.random(in: 0...2, using: &random) {
                case 0:
                    let text = String(
                        String.UnicodeScalarView(
                            (0..<Int.random(in: 0...9, using: &random)).map { _ in
                                Unicode.Scalar(UInt32.random(in: 0x20...0xD7FF, using: &random)) ?? "x"
                            }))
                    encoder.append(text: Array("4\(text)".utf8))
                    expected.append("4:\(text)")
                case 1:
                    let type = EnginePacketType.allCases.randomElement(using: &random) ?? .noop
                    encoder.append(type)
                    expected.append("\(type.rawValue):")
                default:
                    let data = random.bytes(Int.random(in: 0...12, using: &random))
                    encoder.append(binary: data)
                    expected.append("b:" + Base64Oracle.encode(data))
                }
            }
            #expect(Self.read(encoder.bytes) == expected)
        }
    }

    @Test(
        "Random bytes and damaged payloads never trap and never go on for ever",
        arguments: SeededGenerator.seeds)
    func hostileBytes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let likely: [UInt8] = [0x1E, 0x30, 0x34, 0x36, 0x37, 0x62, 0x3D, 0x41, 0x80, 0xFF, 0x00]
        for _ in 0..<3_000 {
            let count = Int.random(in: 0...24, using: &random)
            let bytes =
                Bool.random(using: &random)
                ? random.bytes(count) : (0..<count).map { _ in likely.randomElement(using: &random) ?? 0 }
            let records = Self.read(bytes, maxPackets: Int.random(in: 0...8, using: &random))
            #expect(records.last != "endless")
            #expect(records.count <= 9)
        }
    }

    static let textPackets: [(String, String)] =
        EnginePacketType.allCases.map { ("\($0.rawValue)x", "\($0)") }
        + [
            ("", "emptyPacket"), ("7", "unknownPacketType"), ("b", "unknownPacketType"),
            ("/", "unknownPacketType"),
        ]

    @Test(arguments: textPackets)
    func packetType(packet: String, expected: String) {
        let found: String
        do throws(EngineViolation) {
            found = "\(try PacketDecoder.type(ofText: Array(packet.utf8).span))"
        } catch {
            found = "\(error)"
            #expect(error.closeReason == .parseError)
        }
        #expect(found == expected)
    }

    @Test(arguments: [
        ("2probe", true), ("3probe", true), ("2", false), ("", false), ("2prob", false), ("2probes", false),
        ("2Probe", false), ("2probf", false), ("2xrobe", false), ("2pxobe", false), ("2prxbe", false),
        ("2proxe", false),
    ])
    func probe(packet: String, isProbe: Bool) {
        #expect(PacketDecoder.isProbe(Array(packet.utf8).span) == isProbe)
    }

    @Test(arguments: 0...255)
    func digits(byte: Int) {
        let type = EnginePacketType(digit: UInt8(byte))
        #expect((type != nil) == (0x30...0x36).contains(byte))
        if let type { #expect(Int(type.digit) == byte) }
    }

    @Test func outgoingPackets() {
        #expect(OutgoingPacket.ping == .text([0x32]))
        #expect(OutgoingPacket.pong == .text([0x33]))
        #expect(!OutgoingPacket.pong.isBinary)
        #expect(OutgoingPacket.binary([]).isBinary)
        #expect(OutgoingPacket.probeAnswer == .text(Array("3probe".utf8)))
        #expect(OutgoingPacket.text([1, 2, 3]).byteCount == 3)
        #expect(OutgoingPacket.binary([]).byteCount == 0)
    }
}
