internal import SocketIOProtocol
internal import Testing

/// Events whose payload comes from elsewhere than a packet.
@Suite struct EventViewTests {
    @Test(arguments: [
        #"["a"]"#, #"["a",1,{"b":2}]"#, #"["a" , [] ]"#, "[7]", #"["a"]  "#,
        #"["\u0061"]"#,
    ])
    func `the event is the same as the decoder's, wherever the payload lies`(payload: String) throws {
        let packet = Array("2/x,\(payload)".utf8)
        let view = try PacketDecoder().decode(packet.span)
        let inside = packet + Array("...".utf8)
        #expect(try PacketDecoder.event(in: inside.span, payload: 4..<packet.count) == view.event)
    }

    @Test(
        arguments: [
            ("", .missingPayload), ("{}", .wrongPayloadKind), ("[", .malformedJSON),
            ("[]", .missingEventName),
            ("[null]", .illegalEventName), (#"["connect"]"#, .reservedEventName),
            (#"["a"]]"#, .trailingBytes),
            (#"["a","#, .malformedJSON),
        ] as [(String, SocketIOViolation)])
    func `a payload that is no event is refused`(payload: String, rule: SocketIOViolation) {
        let bytes = Array(payload.utf8)
        #expect(throws: rule) { try PacketDecoder.event(in: bytes.span, payload: 0..<bytes.count) }
    }

    @Test(arguments: [-1..<3, 0..<6, 9..<12])
    func `a payload outside the bytes is refused`(payload: Range<Int>) {
        let bytes = Array(#"["a"]"#.utf8)
        #expect(throws: SocketIOViolation.malformedJSON) {
            try PacketDecoder.event(in: bytes.span, payload: payload)
        }
    }

    @Test(arguments: [
        "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
    ])
    func `six names are reserved`(name: String) {
        #expect(ReservedNames.isReserved(name))
        #expect(!ReservedNames.isReserved(name.uppercased()))
        #expect(!ReservedNames.isReserved(name + " "))
    }

    @Test(arguments: ["", "connection", "error", "message", "new_namespace", "reconnect", "1"])
    func `other names are free`(name: String) {
        #expect(!ReservedNames.isReserved(name))
    }
}
