internal import NIOHTTP1
internal import SocketIOCore
internal import SocketIOEvents
internal import Testing

@testable internal import EngineIO
@testable internal import SocketIO

/// What a socket that comes back has beside its rooms, and who gets it.
@Suite("Data and identity of a socket that comes back", .timeLimit(.minutes(5)))
struct RecoveredDataTests {
    private struct Person: Codable, Sendable {
        let name: String
    }

    @Test(
        "data that was set is there again, judged anew or not, taken over or not", arguments: [true, false])
    func data(again: Bool) async throws {
        let stack = Stack.recovering(Recovery(rerunAuthentication: again), loops: 2)
        let sockets = Recorder<Socket<Void>>()
        let namespace = stack.io.namespace().onConnect { sockets.add($0) }
        let (client, me) = try await stack.joined()
        try await sockets.next().setData(["seen": 1])
        await stack.settle()
        await client.wire.cut()
        _ = try await stack.back(me, loop: 1)
        let second = await sockets.next()
        #expect(try await second.data(as: [String: Int].self) == ["seen": 1])
        try second.setData(["seen": 2])
        _ = try await stack.back(me)
        let third = await sockets.next()
        #expect(third.recovered)
        #expect(try await third.data(as: [String: Int].self) == ["seen": 2])
        #expect(await namespace.fetchSockets().value.map(\.dataJSON) == [Array(#"{"seen":2}"#.utf8)])
    }

    @Test("the middleware sees the data of before, and has the last word")
    func middleware() async throws {
        let stack = Stack.recovering()
        let sockets = Recorder<Socket<Void>>()
        stack.io.namespace()
            .use { socket in try socket.setData((try await socket.data(as: Int.self) ?? 0) + 1) }
            .onConnect { sockets.add($0) }
        let (client, me) = try await stack.joined()
        #expect(try await sockets.next().data(as: Int.self) == 1)
        await client.wire.cut()
        _ = try await stack.back(me)
        #expect(try await sockets.next().data(as: Int.self) == 2)
    }

    @Test(
        "another person gets nothing of a session, whoever has its private id",
        arguments: [true, false], [true, false])
    func another(again: Bool, isLive: Bool) async throws {
        let stack = Stack.recovering(Recovery(rerunAuthentication: again))
        let sockets = Recorder<Socket<Person>>()
        let namespace = stack.io.namespace("/a") { try $0.auth(Person.self) }
            .recovers { before, now in before.name == now.name }
            .onConnect { socket in
                if socket.state.name == "ann" { socket.join("ann's") }
                sockets.add(socket)
            }
        let (client, me) = try await stack.joined("/a", auth: #"{"name":"ann"}"#)
        try await sockets.next().setData("ann's")
        if !isLive { await client.wire.cut() }
        namespace.to("ann's").emit(Event<String>("secret"), "s")
        let (_, answer) = try await stack.joined("/a", auth: me.auth(of: "bob"))
        #expect(answer.sid != me.sid && answer.pid != me.pid)
        let bob = await sockets.next()
        #expect(!bob.recovered && bob.state.name == "bob")
        #expect(await bob.rooms().isEmpty)
        #expect(try await bob.data(as: String.self) == nil)
        #expect(namespace.recoveryReport?.counters.refused == 1)
        #expect(namespace.socketCount == (isLive ? 2 : 1))
        // Who was away has lost the session, who was there has not noticed.
        let (_, got, identity) = try await stack.back(me, "/a", auth: me.auth(of: "ann"))
        #expect((identity.sid == me.sid) == isLive)
        #expect(try plain(got) == (isLive ? [#"42/a,["secret","s""#] : []))
        #expect(await sockets.next().recovered == isLive)
    }

    @Test("the same person gets it all", arguments: [true, false])
    func same(again: Bool) async throws {
        let stack = Stack.recovering(Recovery(rerunAuthentication: again))
        let asked = Recorder<[String]>()
        stack.io.namespace("/a") { try $0.auth(Person.self) }
            .recovers { before, now in
                asked.add([before.name, now.name])
                return true
            }
        let (client, me) = try await stack.joined("/a", auth: #"{"name":"ann"}"#)
        await client.wire.cut()
        let (_, _, identity) = try await stack.back(me, "/a", auth: me.auth(of: "Ann"))
        #expect(identity.sid == me.sid)
        #expect(asked.all == [["ann", "Ann"]])
    }

    @Test("what was not to be compressed is not when it is made up for either", arguments: [true, false])
    func uncompressed(isCompressed: Bool) async throws {
        let engine = EngineConfiguration(messageCompression: MessageCompression(threshold: 1_000))
        let stack = Stack(Configuration(engine: engine, recovery: Recovery()))
        let sockets = Recorder<Socket<Void>>()
        stack.io.namespace().onConnect { sockets.add($0) }
        let (client, me) = try await stack.joined()
        await client.wire.cut()
        await sockets.next().compress(isCompressed)
            .emit(Event<String>("long"), String(repeating: "a", count: 2_000))
        let again = try await stack.webSocket(headers: ["Sec-WebSocket-Extensions": "permessage-deflate"])
        await again.send("40" + me.auth)
        let first = try #require(try await again.wire.receive())
        #expect(first.first == (isCompressed ? 0xC1 : 0x81))
    }
}

extension Identity {
    /// The CONNECT's payload of this person, who claims the session.
    fileprivate func auth(of name: String) -> String { #"{"name":"\#(name)","# + auth.dropFirst() }
}
