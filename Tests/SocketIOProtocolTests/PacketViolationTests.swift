internal import SocketIOProtocol
internal import Testing

/// One line for each way to break a rule of the packet, with the rule that it breaks.
@Suite struct PacketViolationTests {
    static let header: [(String, SocketIOViolation)] = [
        ("", .emptyPacket),
        ("7", .unknownPacketType), ("9[]", .unknownPacketType), ("/", .unknownPacketType),
        ("x", .unknownPacketType), ("{}", .unknownPacketType), (" 0", .unknownPacketType),
        ("\u{0}", .unknownPacketType), ("é", .unknownPacketType),
        ("5", .illegalAttachmentCount), (#"5["a"]"#, .illegalAttachmentCount),
        (#"5-["a"]"#, .illegalAttachmentCount), (#"51["a"]"#, .illegalAttachmentCount),
        ("51", .illegalAttachmentCount), (#"5-1-["a"]"#, .illegalAttachmentCount),
        (#"51.0-["a"]"#, .illegalAttachmentCount), (#"51e0-["a"]"#, .illegalAttachmentCount),
        (#"5 1-["a"]"#, .illegalAttachmentCount), (#"5+1-["a"]"#, .illegalAttachmentCount),
        (#"6[]"#, .illegalAttachmentCount), (#"5x-["a"]"#, .illegalAttachmentCount),
        (#"511-["a"]"#, .tooManyAttachments), (#"599-["a"]"#, .tooManyAttachments),
        (#"5999999-["a"]"#, .tooManyAttachments), (#"5001-["a"]"#, .tooManyAttachments),
        ("6" + String(repeating: "9", count: 100_000) + "-[]", .tooManyAttachments),
        ("0/" + String(repeating: "n", count: 512) + ",", .namespaceTooLong),
        ("0/" + String(repeating: "é", count: 256), .namespaceTooLong),
        (#"299999999999999999999["a"]"#, .ackIDTooLarge), (#"29007199254740992["a"]"#, .ackIDTooLarge),
        (#"29999999999999999["a"]"#, .ackIDTooLarge), (#"218446744073709551616["a"]"#, .ackIDTooLarge),
        (#"200000000000000001["a"]"#, .ackIDTooLarge),
        ("2" + String(repeating: "1", count: 100_000), .ackIDTooLarge),
        ("3[]", .missingAckID), ("60-[]", .missingAckID), ("3", .missingAckID), ("3/a,[1]", .missingAckID),
        ("01{}", .unexpectedAckID), ("0/a,1", .unexpectedAckID), ("11", .unexpectedAckID),
        ("41{}", .unexpectedAckID),
    ]

    static let payload: [(String, SocketIOViolation)] = [
        ("2", .missingPayload), ("2/a,", .missingPayload), (#"2/a["b"]"#, .missingPayload),
        ("212", .missingPayload), ("31", .missingPayload), ("50-", .missingPayload),
        ("60-1", .missingPayload),
        ("1{}", .unexpectedPayload), (#"1/a,"x""#, .unexpectedPayload), ("1 ", .unexpectedPayload),
        ("0[]", .wrongPayloadKind), (#"0"a""#, .wrongPayloadKind), ("0null", .wrongPayloadKind),
        ("0true", .wrongPayloadKind), ("0 {}", .wrongPayloadKind), ("0-1", .wrongPayloadKind),
        (#"2{"0":"a"}"#, .wrongPayloadKind), (#"2"a""#, .wrongPayloadKind), ("2null", .wrongPayloadKind),
        (#"2 ["a"]"#, .wrongPayloadKind), (#"2/a, ["a"]"#, .wrongPayloadKind),
        (#"21-["a"]"#, .wrongPayloadKind),
        ("31{}", .wrongPayloadKind), ("31 []", .wrongPayloadKind), ("60-1{}", .wrongPayloadKind),
        ("4[]", .wrongPayloadKind), ("4null", .wrongPayloadKind), (#"22.5["a"]"#, .wrongPayloadKind),
        ("0{", .malformedJSON), (#"2["a""#, .malformedJSON), (#"2["a]"#, .malformedJSON),
        (#"2["a",]"#, .malformedJSON), (#"2[,"a"]"#, .malformedJSON), ("0{'a':1}", .malformedJSON),
        (#"2["a" "b"]"#, .malformedJSON), (#"2["a"}"#, .malformedJSON),
        (#"2["a",undefined]"#, .malformedJSON),
        (#"2["a"]x"#, .trailingBytes), (#"2["a"]["b"]"#, .trailingBytes), ("0{}{}", .trailingBytes),
        (#"2["a"] ,"#, .trailingBytes), ("31[]]", .trailingBytes), ("0{}\u{0}", .trailingBytes),
    ]

    static let names: [(String, SocketIOViolation)] = [
        ("2[]", .missingEventName), ("2[ ]", .missingEventName), ("50-[]", .missingEventName),
        ("2[null]", .illegalEventName), ("2[true]", .illegalEventName), ("2[false,1]", .illegalEventName),
        ("2[{}]", .illegalEventName), ("2[[]]", .illegalEventName), (#"2[["a"]]"#, .illegalEventName),
        (#"2[{"toString":"foo"}]"#, .illegalEventName),
        (#"51-[{"_placeholder":true,"num":0}]"#, .illegalEventName),
        ("2[1.5]", .illegalEventName), ("2[1e3]", .illegalEventName), ("2[1.0]", .illegalEventName),
        ("2[9007199254740992]", .illegalEventName), ("2[-9007199254740992]", .illegalEventName),
        ("2[12345678901234567890123]", .illegalEventName),
        (#"2["connect"]"#, .reservedEventName), (#"2["connect_error"]"#, .reservedEventName),
        (#"2["disconnect",1]"#, .reservedEventName), (#"2["disconnecting"]"#, .reservedEventName),
        (#"2["newListener"]"#, .reservedEventName), (#"2["removeListener"]"#, .reservedEventName),
        (#"2/a,1["disconnect"]"#, .reservedEventName), (#"50-["disconnect"]"#, .reservedEventName),
        (#"2["\u0064isconnect"]"#, .reservedEventName), (#"2["newListene\u0072"]"#, .reservedEventName),
    ]

    @Test(arguments: Self.header + Self.payload + Self.names)
    func `a broken rule is named`(text: String, rule: SocketIOViolation) {
        #expect(violation(of: text) == rule)
        #expect(PacketOracle.meaning(text) == nil)
    }

    @Test(arguments: [
        ("Connect", "Connect"), ("disconnect ", "disconnect "), ("constructor", "constructor"),
        ("__proto__", "__proto__"), ("error", "error"), (#"\u00e9"#, "é"), (#"a\"b"#, "a\"b"),
        (#"\ud83d\ude00"#, "😀"), (#"\ud83d"#, "\u{FFFD}"), ("日本", "日本"),
    ])
    func `a name that only looks special is a name`(json: String, name: String) throws {
        #expect(try decode("2[\"\(json)\"]").event?.name == name)
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("-7", "-7"), ("9007199254740991", "9007199254740991"),
        ("-9007199254740991", "-9007199254740991"),
    ])
    func `an integer is named by its digits`(json: String, name: String) throws {
        let text = "2[\(json)]"
        let event = try #require(try decode(text).event)
        #expect(event.name == name)
        #expect(slice(text, event.nameToken) == json)
    }

    @Test func `a name that is not UTF-8 is refused`() {
        let bytes = Array(#"2["a"#.utf8) + [0xFF] + Array(#""]"#.utf8)
        #expect(throws: SocketIOViolation.malformedJSON) { try PacketDecoder().decode(bytes.span) }
    }

    @Test func `an escaped name that is not UTF-8 is refused`() {
        let bytes = Array(#"2["\n"#.utf8) + [0xC3] + Array(#""]"#.utf8)
        #expect(throws: SocketIOViolation.malformedJSON) { try PacketDecoder().decode(bytes.span) }
    }
}
