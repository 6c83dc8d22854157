internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// What dynamic namespaces do together: asked, watched, remembered.
@Suite("A family of namespaces", .timeLimit(.minutes(1)))
struct FamilyAskingTests {
    private let question = Event<String>("q").returning(Int.self)

    private func family() -> (Stack, Namespace<Void>) {
        let stack = Stack()
        return (stack, stack.io.namespaces { $0.hasPrefix("/n/") })
    }

    @Test("everybody in all children is asked; who is silent is missing when the time is up")
    func asked() async throws {
        let (stack, family) = family()
        let first = try await stack.webSocket()
        let a = SocketID(try await first.join("/n/1"))
        let second = try await stack.webSocket()
        let b = SocketID(try await second.join("/n/2"))
        let question = question
        let call = outcome { try await family.everyone.timeout(.seconds(2)).call(question, "x") }
        #expect(try await first.texts(1) == [#"42/n/1,0["q","x"]"#])
        #expect(try await second.texts(1) == [#"42/n/2,0["q","x"]"#])
        await first.send("43/n/1,0[1]")
        await stack.settle()
        await stack.advance(by: .seconds(2))
        let report = try await call.value.get()
        #expect(report.replies == [a: 1])
        #expect(report.missing == [b])
        #expect(report.disconnected.isEmpty)
        #expect(Set(await family.fetchSockets().value.map(\.id)) == [a, b])
        #expect(await family.rooms(of: b) == [Room(b)])
    }

    @Test("a family without children has nobody to ask")
    func empty() async throws {
        let (_, family) = family()
        #expect(try await family.everyone.call(question, "x").isComplete)
        #expect(await family.fetchSockets().value.isEmpty)
    }

    @Test("rooms of all children are watched, of later ones too")
    func rooms() async throws {
        let (stack, family) = family()
        let seen = Recorder<String>()
        let first = try await stack.client("/n/1")
        family.onRoomCreated { seen.add("create \($0)") }.onRoomDeleted { seen.add("delete \($0)") }
        let second = try await stack.client("/n/2")
        await stack.settle()
        #expect(seen.all.count == 1)
        family.everyone.join("red")
        await stack.settle()
        #expect(seen.all.dropFirst() == ["create red", "create red"])
        await first.wire.cut()
        await second.wire.cut()
        #expect(seen.all.filter { $0 == "delete red" }.count == 2)
        #expect(seen.all.count == 7)
    }

    @Test("an id is remembered for the child that it was sent to")
    func repetitions() async throws {
        let (stack, family) = family()
        let handled = Recorder<String>()
        family.on(Event<String>("send").returning(Int.self)) { socket, id in
            handled.add("\(socket.namespaceName) \(id)")
            return handled.all.count
        }
        family.deduplicate("send", by: .firstArgument) { _ in "all" }
        let client = try await stack.webSocket()
        try await client.join("/n/1")
        try await client.join("/n/2")
        await client.send(#"42/n/1,0["send","a"]"#, #"42/n/2,0["send","a"]"#, #"42/n/1,1["send","a"]"#)
        #expect(try await client.texts(3) == ["43/n/1,0[1]", "43/n/2,0[2]", "43/n/1,1[1]"])
        #expect(handled.all == ["/n/1 a", "/n/2 a"])
    }
}
