internal import Testing

@testable internal import SocketIOProtocol

/// The wire of socket.io-msgpack-parser, with the bytes that its clients were seen to send.
@Suite("MessagePack packets")
struct MessagePackTests {
    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.filter { $0 != " " }
        return stride(from: 0, to: digits.count, by: 2).compactMap { start in
            UInt8(digits.dropFirst(start).prefix(2), radix: 16)
        }
    }

    private static func decode(
        _ message: [UInt8], limits: ParserLimits = .init()
    ) throws(SocketIOViolation) -> StandardPacket {
        try MessagePackParser().decode(message.span, isBinary: true, limits: limits)
    }

    private static func text(_ packet: StandardPacket) -> String {
        String(decoding: packet.text, as: UTF8.self)
    }

    /// A packet `{type: 2, data: <data>, nsp: "/"}`.
    private static func event(_ data: [UInt8]) -> [UInt8] {
        bytes("83 a474797065 02 a464617461") + data + bytes("a36e7370 a12f")
    }

    @Test(
        "packets as clients send them",
        arguments: [
            // notepack: data is undefined.
            ("83 a474797065 00 a464617461 d40000 a36e7370 a12f", "0"),
            ("83a47479706502a46461746194a568656c6c6f01c3c0a36e7370a12f", #"2["hello",1,true,null]"#),
            // python: data is None.
            ("83 a474797065 00 a464617461 c0 a36e7370 a12f", "0"),
            ("82 a474797065 01 a36e7370 a22f61", "1/a,"),
            // The client's own members.
            (
                "84 a474797065 02 a7 6f7074696f6e73 81 a8636f6d7072657373 c3 a464617461 91a165 a36e7370 a22f61",
                #"2/a,["e"]"#
            ),
            ("84 a474797065 03 a464617461 9101 a26964 0c a36e7370 a12f", "312[1]"),
            ("84 a474797065 02 a464617461 91a165 a26964 d40000 a36e7370 a12f", #"2["e"]"#),
            (
                "83 a474797065 00 a464617461 81 a5746f6b656e a131 a36e7370 a22f61", #"0/a,{"token":"1"}"#
            ),
        ])
    func examples(_ hex: String, _ expected: String) throws {
        #expect(Self.text(try Self.decode(Self.bytes(hex))) == expected)
    }

    @Test(
        "values as JSON",
        arguments: [
            ("cd0100", "256"), ("d0ff", "-1"), ("d1ff00", "-256"), ("d280000000", "-2147483648"),
            ("d38000000000000000", "-9223372036854775808"), ("cfffffffffffffffff", "18446744073709551615"),
            ("e0", "-32"), ("7f", "127"), ("ca3f000000", "0.5"), ("cb7ff8000000000000", "null"),
            ("cb4000000000000000", "2"), ("cb7e37e43c8800759c", "1e+300"), ("c2", "false"),
            ("d7000000000000000000", #""1970-01-01T00:00:00.000Z""#),
            ("d700ffffffffffffffff", #""1969-12-31T23:59:59.999Z""#),
            ("d6ff5e0be100", #""2020-01-01T00:00:00.000Z""#),
            ("d7ff 00000000 5e0be100", #""2020-01-01T00:00:00.000Z""#),
            ("c70cff 1dcd6500 000000005e0be100", #""2020-01-01T00:00:00.500Z""#),
            ("d7007fffffffffffffff", "null"), ("d40000", "null"),
            ("c70cff 00000000 7fffffffffffffff", "null"),
            ("81 cfffffffffffffffff 01", #"{"18446744073709551615":1}"#),
            ("a461225c0a", #""a\"\\\n""#), ("a2c328", "\"\u{FFFD}(\""), ("d90161", #""a""#),
            ("da000161", #""a""#), ("db0000000161", #""a""#), ("dc000101", "[1]"), ("dd0000000101", "[1]"),
            ("de0001a16101", #"{"a":1}"#), ("df00000001a16101", #"{"a":1}"#), ("8101 02", #"{"1":2}"#),
            ("82a161d40000a16202", #"{"b":2}"#), ("80", "{}"), ("90", "[]"), ("919190", "[[[]]]"),
        ])
    func values(_ hex: String, _ json: String) throws {
        let packet = try Self.decode(Self.event(Self.bytes("92a165" + hex)))
        #expect(Self.text(packet) == "2[\"e\",\(json)]")
        #expect(packet.attachments.isEmpty)
    }

    @Test("binary values and unknown extensions become attachments")
    func attachments() throws {
        let packet = try Self.decode(Self.event(Self.bytes("94a165 c4020102 81a162c500010a d405 09")))
        #expect(
            Self.text(packet)
                == #"53-["e",{"_placeholder":true,"num":0},{"b":{"_placeholder":true,"num":1}},[5,{"_placeholder":true,"num":2}]]"#
        )
        #expect(packet.attachments == [[1, 2], [10], [9]])
    }

    @Test(
        "what is none is refused",
        arguments: [
            ("", SocketIOViolation.malformedMessagePack), ("c0", .malformedMessagePack),
            ("90", .malformedMessagePack), ("c1", .malformedMessagePack), ("80", .unknownPacketType),
            ("82 a474797065 05 a36e7370 a12f", .unknownPacketType),
            ("82 a474797065 a131 a36e7370 a12f", .unknownPacketType),
            ("82 a474797065 02 a36e7370 01", .malformedMessagePack),
            ("82 a474797065 02 a36e7370 a161", .malformedMessagePack),
            ("82 a474797065 01 a36e7370 a32f2c61", .malformedMessagePack),
            ("82 a474797065 01 a36e7370 a12f00", .trailingBytes),
            ("83 a474797065 03 a26964 ff a36e7370 a12f", .ackIDTooLarge),
            ("83 a474797065 03 a26964 cf0020000000000000 a36e7370 a12f", .ackIDTooLarge),
            ("83 a474797065 03 a26964 cfffffffffffffffff a36e7370 a12f", .ackIDTooLarge),
            ("83 a474797065 03 a26964 a131 a36e7370 a12f", .malformedMessagePack),
            ("83 a474797065 00 a464617461 81a161c40101 a36e7370 a12f", .wrongPayloadKind),
            ("83 a474797065 02 a464617461 81c001 a36e7370 a12f", .malformedMessagePack),
            ("df ffffffff", .malformedMessagePack),
        ])
    func refused(_ hex: String, _ violation: SocketIOViolation) {
        #expect(throws: violation) { try Self.decode(Self.bytes(hex)) }
    }

    @Test("text is none")
    func textMessage() {
        #expect(throws: SocketIOViolation.malformedMessagePack) {
            try MessagePackParser().decode([0x80].span, isBinary: false, limits: .init())
        }
    }

    @Test("depth, attachments, their bytes and the namespace are bounded; a long bomb ends")
    func bounds() {
        let deep = Self.event([UInt8](repeating: 0x91, count: 100) + [0x01])
        #expect(throws: SocketIOViolation.jsonTooDeep) { try Self.decode(deep) }
        let many = Self.event([0x9C] + (0..<12).flatMap { _ in Self.bytes("c400") })
        #expect(throws: SocketIOViolation.tooManyAttachments) { try Self.decode(many) }
        let large = Self.event([0x91, 0xC5, 0x01, 0x00] + [UInt8](repeating: 0, count: 256))
        #expect(throws: SocketIOViolation.attachmentsTooLarge) {
            try Self.decode(large, limits: ParserLimits(maxAttachmentBytes: 255))
        }
        let name = Self.bytes("82 a474797065 01 a36e7370 d96f2f") + [UInt8](repeating: 0x61, count: 110)
        #expect(throws: SocketIOViolation.namespaceTooLong) {
            try Self.decode(name, limits: ParserLimits(maxNamespaceLength: 100))
        }
        // Nested maps in a member that is skipped: their counts promise more than the message has.
        let bomb = Self.bytes("81 a16f") + [UInt8](repeating: 0xDF, count: 5_000)
        #expect(throws: SocketIOViolation.malformedMessagePack) { try Self.decode(bomb) }
    }

    @Test(
        "standard packets there and back",
        arguments: [
            ("0", []), (#"0{"sid":"x"}"#, []), ("1/a,", []),
            (#"2/a,12["e",-1,1.5,200,300,70000,5000000000,18446744073709551615]"#, []),
            (
                "2[\"\(String(repeating: "x", count: 300))\",[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18]]",
                []
            ),
            (#"2["é\n\"",null,true,false,{},[],{"a":[{"b":-33},-129,-40000,-3000000000]}]"#, []),
            (#"312[]"#, []), (#"4/mw,{"message":"no","data":{"content":"x"}}"#, []),
            (#"51-["e",{"_placeholder":true,"num":0}]"#, [[1, 2, 3]]),
            (
                #"62-/a,7[{"x":{"_placeholder":true,"num":0}},{"_placeholder":true,"num":1}]"#,
                [[UInt8](repeating: 7, count: 300), [UInt8](repeating: 8, count: 70_000)]
            ),
            (#"2["e",{"_placeholder":true,"num":0}]"#, []),
        ] as [(String, [[UInt8]])])
    func roundTrip(_ text: String, _ attachments: [[UInt8]]) throws {
        let packet = StandardPacket(text: Array(text.utf8), attachments: attachments)
        let messages = try MessagePackParser().encode(packet)
        guard messages.count == 1, case .binary(let bytes) = messages[0] else {
            Issue.record("not one binary message")
            return
        }
        let back = try Self.decode(bytes)
        #expect(Self.text(back) == text)
        #expect(back.attachments == attachments)
        // Any part of it is refused, and none of it traps.
        for length in 0..<min(bytes.count, 400) {
            #expect(throws: SocketIOViolation.self) { try Self.decode(Array(bytes[..<length])) }
        }
    }

    @Test("members of a placeholder may come in any order, with others; large texts and containers")
    func encoding() throws {
        let text =
            #"51-["e",{"x":[{}],"num":0,"_placeholder":true},"# + String(repeating: "1,", count: 70_000)
            + "\"\(String(repeating: "x", count: 70_000))\",\"\(String(repeating: "y", count: 100))\"]"
        let messages = try MessagePackParser().encode(
            StandardPacket(text: Array(text.utf8), attachments: [[5]]))
        guard case .binary(let bytes) = messages[0] else { return }
        let back = try Self.decode(bytes)
        #expect(
            Self.text(back)
                == text.replacing(
                    #"{"x":[{}],"num":0,"_placeholder":true}"#, with: #"{"_placeholder":true,"num":0}"#))
        // Nothing that only looks like a placeholder is one.
        for other in [
            #""num":100,"_placeholder":true"#, #""num":-1,"_placeholder":true"#,
            #""_placeholder":true,"num":1"#,
            #""_placeholder":false,"num":0"#, #""placeholder":true,"num":0"#,
        ] {
            let text = #"51-["e",{"_placeholder":true,"num":0},{\#(other)}]"#
            let packet = StandardPacket(text: Array(text.utf8), attachments: [[5]])
            guard case .binary(let bytes) = try MessagePackParser().encode(packet)[0] else { return }
            #expect(Self.text(try Self.decode(bytes)) == text)
        }
        // What is no text has no letters, what is no number of ours no end.
        let strange = Array(#"2["e",""#.utf8) + [0xFF] + Array(#"",1e999]"#.utf8)
        guard case .binary(let bare) = try MessagePackParser().encode(StandardPacket(text: strange))[0] else {
            return
        }
        #expect(Self.text(try Self.decode(bare)) == #"2["e","",null]"#)
        #expect(throws: SocketIOViolation.self) {
            try MessagePackParser().encode(StandardPacket(text: Array(#"2["e"#.utf8)))
        }
        #expect(throws: SocketIOViolation.trailingBytes) {
            try MessagePackParser().encode(StandardPacket(text: Array(#"2["e"]x"#.utf8)))
        }
    }

    @Test("random bytes, and packets with random changes, are decoded or refused")
    func random() throws {
        var generator = SeededGenerator(seed: 7)
        let whole = try MessagePackParser().encode(
            StandardPacket(
                text: Array(
                    #"52-/a,7["e",{"a":[{"_placeholder":true,"num":0},1.5,"x"]},{"_placeholder":true,"num":1}]"#
                        .utf8),
                attachments: [[1], [2, 3]]))
        guard case .binary(let original) = whole[0] else { return }
        var decoded = 0
        for round in 0..<20_000 {
            var bytes = original
            if round.isMultiple(of: 4) {
                bytes = (0..<Int.random(in: 0..<64, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
            } else {
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let index = Int.random(in: bytes.indices, using: &generator)
                    bytes[index] = UInt8.random(in: 0...255, using: &generator)
                }
            }
            guard let packet = try? Self.decode(bytes) else { continue }
            decoded += 1
            // Whatever comes out is text that the standard decoder judges without a trap.
            _ = try? PacketDecoder().decode(packet.text.span)
            #expect(packet.attachments.count <= 10)
        }
        #expect(decoded > 100)
    }
}
