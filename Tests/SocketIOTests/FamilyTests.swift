internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Namespaces that are made when their first client comes.
@Suite("Dynamic namespaces", .timeLimit(.minutes(5)))
struct FamilyTests {
    private static let say = Event<String>("say")

    private func refusal(_ client: WebSocketClient, _ name: String) async throws -> String {
        await client.send("40\(name),")
        return try await client.texts(1)[0]
    }

    @Test("a predicate makes children of the names it takes; others are unknown")
    func predicate() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let family = stack.io.namespaces { $0.wholeMatch(of: /\/dynamic-\d+/) != nil }
        family.on(Self.say) { socket, text in seen.add("\(socket.namespaceName) \(text)") }
        let client = try await stack.webSocket()
        try await client.join("/dynamic-101")
        await client.send(#"42/dynamic-101,["say","hi"]"#)
        #expect(seen.all == ["/dynamic-101 hi"])
        #expect(try await refusal(client, "/dynamic-x") == #"44/dynamic-x,{"message":"Invalid namespace"}"#)
        #expect(family.children.map(\.name) == ["/dynamic-101"])
        #expect(stack.io.namespaceNames == ["/dynamic-101"])
    }

    @Test("a function gives every client its state, passes by nil and refuses by throwing")
    func function() async throws {
        struct Token: Decodable { let token: String }
        let stack = Stack()
        let teams = stack.io.namespaces { name, handshake -> String? in
            guard name.hasPrefix("/team/") else { return nil }
            guard let auth = try? handshake.auth(Token.self) else {
                throw ConnectError("no token", data: ["code": 401])
            }
            return auth.token
        }
        let rest = stack.io.namespaces { _, _ in 7 }
        teams.onConnect { $0.emit(Event<String>("state"), $0.state) }
        rest.onConnect { $0.emit(Event<Int>("state"), $0.state) }
        let client = try await stack.webSocket()
        #expect(
            try await refusal(client, "/team/a") == #"44/team/a,{"message":"no token","data":{"code":401}}"#)
        #expect(stack.io.namespaceNames.isEmpty, "who is refused makes no namespace")
        try await client.join("/team/a", auth: #"{"token":"one"}"#)
        #expect(try await client.texts(1) == [#"42/team/a,["state","one"]"#])
        let second = try await stack.webSocket()
        try await second.join("/team/a", auth: #"{"token":"two"}"#)
        #expect(try await second.texts(1) == [#"42/team/a,["state","two"]"#])
        try await second.join("/anything")
        #expect(try await second.texts(1) == [#"42/anything,["state",7]"#])
        #expect(teams.socketCount == 2)
        #expect(rest.socketCount == 1)
    }

    @Test("what is sent to the family reaches all its children, rooms and attachments included")
    func broadcast() async throws {
        let stack = Stack(loops: 2)
        let family = stack.io.namespaces { $0.hasPrefix("/d") }
        _ = stack.io.namespace("/other")
        family.onConnect { socket in if socket.namespaceName != "/d3" { socket.join("r") } }
        var clients: [WebSocketClient] = []
        for (index, name) in ["/d1", "/d2", "/d3", "/other"].enumerated() {
            let client = try await stack.webSocket(loop: index & 1)
            try await client.join(name)
            clients.append(client)
        }
        family.emit(Self.say, "all")
        let placeholder = Array(#"{"_placeholder":true,"num":0}"#.utf8)
        family.to("r").emit("raw", EncodedArguments(json: placeholder, attachments: [[1, 2]]))
        for (client, name) in zip(clients, ["/d1", "/d2", "/d3", "/other"]) {
            var expected: [WebSocketClient.Message] = []
            if name != "/other" { expected.append(.text("42\(name),[\"say\",\"all\"]")) }
            if name == "/d1" || name == "/d2" {
                expected.append(.text("451-\(name),[\"raw\",{\"_placeholder\":true,\"num\":0}]"))
                expected.append(.binary([1, 2]))
            }
            #expect(try await client.received() == expected)
        }
        #expect(await family.everyone.sockets().count == 3)
        family.everyone.disconnect()
        #expect(try await clients[0].received() == [.text("41/d1,")])
    }

    @Test("handlers registered later reach the children that exist; a child may have its own")
    func inheritance() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let family = stack.io.namespaces { $0.hasPrefix("/d") }
        family.use { socket in seen.add("admission \(socket.namespaceName)") }
        family.use { _, event, next in
            seen.add("around \(event.name)")
            try await next()
        }
        family.onNewChild { child in
            seen.add("new \(child.name)")
            if child.name == "/d2" { child.on(Event<Int>("own")) { _, _ in seen.add("own") } }
        }
        let client = try await stack.client("/d1")
        try await client.join("/d2")
        family.on(Self.say) { _, text in seen.add(text) }
        await client.send(#"42/d1,["say","a"]"#, #"42/d1,["own",1]"#, #"42/d2,["own",1]"#)
        #expect(
            seen.all == [
                "new /d1", "admission /d1", "new /d2", "admission /d2", "around say", "a", "around own",
                "around own", "own",
            ])
    }

    @Test("a child made by hand has the family's handlers and stays", arguments: [false, true])
    func byHand(_ cleanup: Bool) async throws {
        let stack = Stack(Configuration(cleanupEmptyChildNamespaces: cleanup))
        let names = Recorder<String>()
        stack.io.onNewNamespace { names.add($0) }
        let family = stack.io.namespaces { $0.hasPrefix("/d") }
        family.onConnect { $0.emit(Self.say, "hi") }
        let first = stack.io.namespace("/d1")
        let second = try #require(stack.io.child("d2", of: family))
        #expect(Set(family.children.map(\.name)) == ["/d1", "/d2"])
        #expect(names.all == ["/d1", "/d2"])
        let client = try await stack.client("/d1")
        #expect(try await client.texts(1) == [#"42/d1,["say","hi"]"#])
        #expect(first.socketCount == 1)
        #expect(second.socketCount == 0)
        await client.send("41/d1,")
        #expect(Set(family.children.map(\.name)) == ["/d1", "/d2"])
        #expect(stack.io.namespace("/other").name == "/other")
        #expect(family.children.count == 2)
    }

    @Test("an empty child goes if that is configured, also when its first client was refused")
    func cleanup() async throws {
        let stack = Stack(Configuration(cleanupEmptyChildNamespaces: true))
        let family = stack.io.namespaces { $0.hasPrefix("/d") }
        family.use { socket in
            if socket.namespaceName == "/d9" { throw ConnectError("no") }
        }
        let first = try await stack.client("/d1")
        let second = try await stack.client("/d1")
        await first.send("41/d1,")
        #expect(family.children.count == 1)
        await second.wire.cut()
        #expect(family.children.isEmpty)
        #expect(try await refusal(first, "/d9") == #"44/d9,{"message":"no"}"#)
        #expect(family.children.isEmpty)
        try await first.join("/d1")
        #expect(family.children.map(\.name) == ["/d1"])
    }

    @Test("an empty child stays if cleaning up is not configured")
    func kept() async throws {
        let stack = Stack()
        let family = stack.io.namespaces { $0.hasPrefix("/d") }
        let client = try await stack.client("/d1")
        await client.send("41/d1,")
        #expect(family.children.count == 1)
        try await client.join("/d1")
        #expect(family.socketCount == 1)
    }

    @Test("names that clients invent do not add up: an empty child makes place, or nobody joins")
    func bounded() async throws {
        let stack = Stack(Configuration(maxChildNamespaces: 3))
        let family = stack.io.namespaces { $0.hasPrefix("/d") }
        let client = try await stack.webSocket()
        for number in 0..<20 {
            try await client.join("/d\(number)")
            await client.send("41/d\(number),")
            #expect(family.children.count <= 3)
        }
        for number in 0..<3 { try await client.join("/dx\(number)") }
        #expect(family.socketCount == 3)
        #expect(try await refusal(client, "/dy") == #"44/dy,{"message":"Too many namespaces"}"#)
    }

    @Test("names are told apart by their bytes")
    func exact() async throws {
        let stack = Stack()
        let seen = Recorder<Int>()
        let family = stack.io.namespaces { $0.hasPrefix("/d") }
        family.on(Self.say) { socket, _ in seen.add(socket.namespaceName.utf8.count) }
        let composed = "/d\u{E9}"
        let decomposed = "/de\u{301}"
        let client = try await stack.webSocket()
        await client.send("40\(composed),", "40\(decomposed),")
        #expect(try await client.texts(2).allSatisfy { $0.contains(#"{"sid":""#) })
        #expect(family.children.count == 2)
        await client.send("42\(composed),[\"say\",\"\"]", "42\(decomposed),[\"say\",\"\"]")
        #expect(seen.all == [composed.utf8.count, decomposed.utf8.count])
    }

    @Test("a namespace that is removed: its sockets have to leave, nobody can join")
    func removal() async throws {
        let stack = Stack()
        let reasons = Recorder<DisconnectReason>()
        let gate = Gate()
        let chat = stack.io.namespace("/chat") { _ in await gate.wait() }
        chat.onDisconnect { reasons.add($1) }
        gate.open()
        let client = try await stack.client("/chat")
        stack.io.remove(chat)
        #expect(try await client.texts(1) == ["41/chat,"])
        #expect(reasons.all == [.serverNamespaceDisconnect])
        #expect(try await refusal(client, "/chat") == #"44/chat,{"message":"Invalid namespace"}"#)
    }

    @Test("a namespace that is removed while a client is judged does not let it in")
    func removalWhileJoining() async throws {
        let stack = Stack()
        let gate = Gate()
        let chat = stack.io.namespace("/chat") { _ in await gate.wait() }
        let client = try await stack.webSocket()
        await client.send("40/chat,")
        stack.io.remove(chat)
        gate.open()
        #expect(try await client.texts(1) == [#"44/chat,{"message":"Invalid namespace"}"#])
    }

    @Test("a family that is removed takes its children along")
    func familyRemoval() async throws {
        let stack = Stack()
        let family = stack.io.namespaces { $0.hasPrefix("/d") }
        let client = try await stack.client("/d1")
        try await client.join("/d2")
        stack.io.remove(family)
        #expect(Set(try await client.texts(2)) == ["41/d1,", "41/d2,"])
        #expect(try await refusal(client, "/d1") == #"44/d1,{"message":"Invalid namespace"}"#)
    }

    @Test("the same namespace asked for twice is the same")
    func twice() async throws {
        let stack = Stack()
        let seen = Recorder<Int>()
        stack.io.namespace("chat").on(Event<Int>("e")) { _, number in seen.add(number) }
        stack.io.namespace("/chat").on(Event<Int>("e")) { _, number in seen.add(-number) }
        let client = try await stack.client("/chat")
        await client.send(#"42/chat,["e",5]"#)
        #expect(seen.all == [5, -5])
        #expect(stack.io.namespace("/chat", of: Int.self)?.name == nil)
    }
}
