internal import EngineIO
internal import NIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Packets that end the connection, before and after joining.
@Suite("Packets that end the connection", .timeLimit(.minutes(5)))
struct ViolationTests {
    /// Messages of a client that has not joined anything.
    static let beforeJoining: [(String, [WebSocketClient.Message])] = [
        ("event before CONNECT", [.text(#"42["e"]"#)]),
        ("ack before CONNECT", [.text("430[]")]),
        ("DISCONNECT before CONNECT", [.text("41")]),
        ("event for another namespace", [.text(#"42/nope,["e"]"#)]),
        ("CONNECT with an array", [.text("40[]")]),
        ("CONNECT with a text", [.text(#"40"a""#)]),
        ("CONNECT with a number", [.text("40/,5")]),
        ("binary first", [.binary([1])]),
        ("namespace too long", [.text("40/" + String(repeating: "n", count: 512) + ",")]),
        ("empty packet", [.text("4")]),
    ]

    /// Messages of a client that has joined the root.
    static let afterJoining: [(String, [WebSocketClient.Message], DisconnectReason)] =
        [
            ("second CONNECT", [.text("40")], .forcedServerClose),
            ("CONNECT_ERROR", [.text(#"44{"message":"x"}"#)], .forcedServerClose),
            ("event of a foreign namespace", [.text(#"42/a,["e"]"#)], .forcedServerClose),
            ("ack of a foreign namespace", [.text("43/a,0[]")], .forcedServerClose),
            ("DISCONNECT of a foreign namespace", [.text("41/a,")], .forcedServerClose),
            ("unknown type", [.text("47")], .forcedClose),
            ("no payload", [.text("42")], .forcedClose),
            ("no name", [.text("42[]")], .forcedClose),
            ("an object", [.text("42{}")], .forcedClose),
            ("name null", [.text("42[null]")], .forcedClose),
            ("name object", [.text("42[{}]")], .forcedClose),
            ("broken JSON", [.text(#"42["e""#)], .forcedClose),
            ("JSON tail", [.text(#"42["a"]x"#)], .forcedClose),
            ("two values", [.text(#"42["a"]["b"]"#)], .forcedClose),
            ("ack id overflow", [.text(#"4299999999999999999999["e"]"#)], .forcedClose),
            ("ack id above 2^53", [.text(#"429007199254740992["e"]"#)], .forcedClose),
            ("ack without id", [.text("43[]")], .forcedClose),
            ("DISCONNECT with payload", [.text("41[]")], .forcedClose),
            (
                "too deep",
                [.text(#"42["e","# + String(repeating: "[", count: 64) + String(repeating: "]", count: 65))],
                .forcedClose
            ),
            ("too many attachments", [.text(#"4511-["e"]"#)], .forcedClose),
            ("attachments not a number", [.text(#"45x-["e"]"#)], .forcedClose),
            ("attachments without dash", [.text(#"451["e"]"#)], .forcedClose),
            ("attachments negative", [.text(#"45-1-["e"]"#)], .forcedClose),
            (
                "placeholder out of range", [.text(#"451-["e",{"_placeholder":true,"num":1}]"#)], .forcedClose
            ),
            ("placeholder negative", [.text(#"451-["e",{"_placeholder":true,"num":-1}]"#)], .forcedClose),
            (
                "placeholder not a number", [.text(#"451-["e",{"_placeholder":true,"num":"0"}]"#)],
                .forcedClose
            ),
            (
                "text while attachments are pending",
                [.text(#"451-["e",{"_placeholder":true,"num":0}]"#), .text(#"42["e"]"#)], .forcedClose
            ),
            ("binary that nobody announced", [.binary([1])], .forcedClose),
            ("binary after 50-", [.text(#"450-["e"]"#), .binary([1])], .forcedClose),
            (
                "more binary than announced",
                [.text(#"451-["e",{"_placeholder":true,"num":0}]"#), .binary([1]), .binary([2])], .forcedClose
            ),
        ] + ReservedName.all.map { ("reserved name \($0)", [.text("42[\"\($0)\",1]")], .forcedClose) }

    private enum ReservedName {
        static let all = [
            "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
        ]
    }

    @Test("before joining", arguments: beforeJoining.indices)
    func before(_ index: Int) async throws {
        let (name, messages) = Self.beforeJoining[index]
        let stack = Stack()
        let root = stack.io.namespace()
        let client = try await stack.webSocket()
        await client.send(messages)
        #expect(try await client.received().last == .close(nil), "\(name)")
        #expect(stack.engine.sessionCount == 0, "\(name)")
        #expect(root.socketCount == 0)
    }

    @Test("after joining; the handlers see nothing of it", arguments: afterJoining.indices)
    func after(_ index: Int) async throws {
        let (name, messages, reason) = Self.afterJoining[index]
        let stack = Stack()
        let events = Recorder<String>()
        let reasons = Recorder<DisconnectReason>()
        let root = stack.io.namespace()
        _ = stack.io.namespace("/a")
        root.onAny { _, event in events.add(event.name) }
        root.onDisconnect { _, reason in reasons.add(reason) }
        let client = try await stack.client()
        await client.send(messages)
        #expect(try await client.received() == [.close(nil)], "\(name)")
        #expect(reasons.all == [reason], "\(name)")
        // What came whole before the violation was handled; the violation itself reaches nobody.
        let whole = name == "binary after 50-" || name == "more binary than announced" ? 1 : 0
        #expect(events.all.count == whole, "\(name)")
        #expect(stack.engine.sessionCount == 0, "\(name)")
    }

    @Test(
        "by long-polling the same packets end the session",
        arguments: ["42x", "40", #"42["connect"]"#, "bAQ=="])
    func polling(_ packet: String) async throws {
        let stack = Stack()
        let reasons = Recorder<DisconnectReason>()
        let root = stack.io.namespace()
        root.onDisconnect { _, reason in reasons.add(reason) }
        let client = try await stack.polling()
        #expect(try await client.send("40") == PollingClient.Answer(status: 200, body: "ok"))
        _ = try await client.poll()
        await client.beginPoll()
        #expect(try await client.send(packet).status == 200)
        #expect(try await client.pollAnswer() == ["1"])
        #expect(reasons.all.count == 1)
        #expect(stack.engine.sessionCount == 0)
    }

    @Test("the limits are the configured ones")
    func configured() async throws {
        let stack = Stack(
            Configuration(parser: ParserLimits(maxAttachments: 1, maxArguments: 2, maxNamespaces: 1)))
        let seen = Recorder<Int>()
        let root = stack.io.namespace()
        _ = stack.io.namespace("/a")
        root.onAny { _, event in seen.add(event.arguments.count) }
        for packet in [#"452-["e"]"#, #"42["e",1,2,3]"#, "40/a,"] {
            let client = try await stack.client()
            await client.send(#"42["e",1,2]"#, packet)
            #expect(try await client.received() == [.close(nil)], "\(packet)")
        }
        #expect(seen.all == [2, 2, 2])
    }
}
