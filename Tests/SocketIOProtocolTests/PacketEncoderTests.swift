internal import SocketIOProtocol
internal import Testing

/// Packets as they go out.
@Suite struct PacketEncoderTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `CONNECT carries the sid, and the pid only if there is one`() {
        #expect(self.text(PacketEncoder.connect(sid: "abc")) == #"40{"sid":"abc"}"#)
        #expect(
            self.text(PacketEncoder.connect(namespace: "/admin", sid: "abc")) == #"40/admin,{"sid":"abc"}"#)
        #expect(self.text(PacketEncoder.connect(sid: "a", pid: "b")) == #"40{"sid":"a","pid":"b"}"#)
        #expect(self.text(PacketEncoder.connect(sid: "\"", pid: "\\")) == #"40{"sid":"\"","pid":"\\"}"#)
    }

    @Test func `CONNECT_ERROR carries the message, and the data only if there are any`() {
        #expect(
            self.text(PacketEncoder.connectError(namespace: "/nope", message: "Invalid namespace"))
                == #"44/nope,{"message":"Invalid namespace"}"#)
        #expect(
            self.text(
                PacketEncoder.connectError(
                    namespace: "/mw", message: "not authorized", dataJSON: Array(#"{"content":"x"}"#.utf8)))
                == #"44/mw,{"message":"not authorized","data":{"content":"x"}}"#)
        #expect(self.text(PacketEncoder.connectError(message: "a\nb")) == #"44{"message":"a\nb"}"#)
    }

    @Test func `DISCONNECT is as short as can be`() {
        #expect(self.text(PacketEncoder.disconnect()) == "41")
        #expect(self.text(PacketEncoder.disconnect(namespace: "/a")) == "41/a,")
    }

    @Test func `arguments are put behind one another, and the empty ones are no arguments`() {
        var arguments = EncodedArguments()
        #expect(arguments == EncodedArguments(json: []))
        #expect(self.text(PacketEncoder.ack(id: 1, argumentsJSON: arguments.json)) == "431[]")
        arguments.append(json: "1".utf8)
        arguments.append(json: #"{"a":[]}"#.utf8)
        #expect(self.text(PacketEncoder.ack(id: 1, argumentsJSON: arguments.json)) == #"431[1,{"a":[]}]"#)
        #expect(arguments.attachments.isEmpty)
    }

    @Test func `events and acks are written as the reference writes them`() {
        let placeholder = Array(#"{"_placeholder":true,"num":0}"#.utf8)
        #expect(self.text(PacketEncoder.event(name: "hello", argumentsJSON: [])) == #"42["hello"]"#)
        #expect(
            self.text(
                PacketEncoder.event(
                    namespace: "/nsp", ackID: 12, name: "name", argumentsJSON: Array("1,[]".utf8)))
                == #"42/nsp,12["name",1,[]]"#)
        #expect(
            self.text(PacketEncoder.event(ackID: 0, name: "withack", argumentsJSON: [])) == #"420["withack"]"#
        )
        #expect(
            self.text(PacketEncoder.event(name: "baz", argumentsJSON: placeholder, attachmentCount: 1))
                == #"451-["baz",{"_placeholder":true,"num":0}]"#)
        #expect(
            self.text(PacketEncoder.event(name: #"a"b"#, argumentsJSON: [], engineType: false))
                == #"2["a\"b"]"#)
        #expect(self.text(PacketEncoder.ack(id: 7, argumentsJSON: [])) == "437[]")
        #expect(
            self.text(
                PacketEncoder.ack(namespace: "/a", id: 10, argumentsJSON: placeholder, attachmentCount: 10))
                == #"4610-/a,10[{"_placeholder":true,"num":0}]"#)
    }

    @Test(
        arguments: [
            (SocketPacketType.connect, 3, "/", nil, true, "40"), (.binaryEvent, 0, "/", nil, true, "450-"),
            (.binaryEvent, -1, "/", nil, false, "50-"), (.event, 2, "/x", 0, false, "2/x,0"),
            (.ack, 0, "/", .max, true, "4318446744073709551615"),
            (.binaryAck, 10, "/x", 1_000_000, true, "4610-/x,1000000"),
        ] as [(SocketPacketType, Int, String, UInt64?, Bool, String)])
    func `the header is written part by part`(
        type: SocketPacketType, attachments: Int, namespace: String, ackID: UInt64?, engineType: Bool,
        text: String
    ) {
        var output = Array("x".utf8)
        PacketEncoder.header(
            type: type, attachmentCount: attachments, namespace: namespace, ackID: ackID,
            engineType: engineType,
            to: &output)
        #expect(self.text(output) == "x" + text)
    }

    @Test(arguments: SeededGenerator.seeds)
    func `what is encoded is decoded to the same`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let names = ["a", "", "a\"b\\c\n", "日本😀", "connect!", "1", "a name longer than fifteen bytes"]
        let values = [
            "1", "null", #""x,]y""#, "[1,[2]]", #"{"a":{"b":"}"}}"#, #"{"_placeholder":true,"num":0}"#,
        ]
        for _ in 0..<1000 {
            let name = names.randomElement(using: &generator) ?? ""
            let namespace =
                ["/", "/a", "/longer-than-fifteen-bytes?x=1"].randomElement(using: &generator) ?? "/"
            let id =
                Bool.random(using: &generator) ? UInt64.random(in: 0..<(1 << 53), using: &generator) : nil
            let arguments = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                values.randomElement(using: &generator) ?? "1"
            }
            let list = Array(arguments.joined(separator: ",").utf8)
            let count = Int.random(in: 0...10, using: &generator)
            let event = PacketEncoder.event(
                namespace: namespace, ackID: id, name: name, argumentsJSON: list, attachmentCount: count,
                engineType: false)
            let view = try PacketDecoder().decode(event.span)
            #expect(view.type == (count > 0 ? .binaryEvent : .event), "seed \(seed)")
            #expect(view.attachmentCount == count, "seed \(seed)")
            #expect(view.namespace.map { self.text(Array(event[$0])) } ?? "/" == namespace, "seed \(seed)")
            #expect(view.ackID == id, "seed \(seed)")
            #expect(view.event?.name == name, "seed \(seed)")
            #expect(elements(of: event, in: view.arguments) == arguments, "seed \(seed)")

            let ack = PacketEncoder.ack(
                namespace: namespace, id: id ?? 0, argumentsJSON: list, attachmentCount: count,
                engineType: false)
            let answer = try PacketDecoder().decode(ack.span)
            #expect(answer.type == (count > 0 ? .binaryAck : .ack), "seed \(seed)")
            #expect(answer.ackID == id ?? 0, "seed \(seed)")
            #expect(elements(of: ack, in: answer.arguments) == arguments, "seed \(seed)")
        }
    }

    @Test(arguments: ["/", "/admin", "/é"])
    func `control packets are decoded to the same`(namespace: String) throws {
        let packets: [([UInt8], SocketPacketType)] = [
            (PacketEncoder.connect(namespace: namespace, sid: "s\"", pid: "p", engineType: false), .connect),
            (
                PacketEncoder.connectError(namespace: namespace, message: "\u{1}", engineType: false),
                .connectError
            ),
            (PacketEncoder.disconnect(namespace: namespace, engineType: false), .disconnect),
        ]
        for (bytes, type) in packets {
            let view = try PacketDecoder().decode(bytes.span)
            #expect(view.type == type)
            #expect(view.namespace.map { self.text(Array(bytes[$0])) } ?? "/" == namespace)
        }
    }
}
