internal import EngineIO
internal import NIOCore
internal import SocketIOEvents
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// States that expire and are renewed on a live socket.
@Suite("Expiry", .timeLimit(.minutes(5)))
struct ExpiryTests {
    private struct Token: Decodable {
        let user: String
        let seconds: Int64
    }

    private static func namespace(_ stack: Stack, _ seen: Recorder<String>) -> Namespace<String> {
        let chat = stack.io.namespace("/chat") { handshake -> Expiring<String> in
            guard let token = try? handshake.auth(Token.self) else { throw ConnectError("bad token") }
            return Expiring(token.user, token.seconds == 0 ? .never : .after(.seconds(token.seconds)))
        }
        chat.on(Event<Int>("who").returning(String.self)) { socket, _ in socket.state }
        chat.onDisconnect { _, reason in seen.add("\(reason)") }
        return chat
    }

    @Test("when the state expires the socket has to leave, not before")
    func expires() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        _ = Self.namespace(stack, seen)
        let client = try await stack.client("/chat", auth: #"{"user":"a","seconds":10}"#)
        await stack.advance(by: .milliseconds(9_900))
        #expect(seen.all.isEmpty)
        await stack.advance(by: .milliseconds(200))
        #expect(try await client.texts(1) == ["41/chat,"])
        #expect(seen.all == ["unauthorized"])
        #expect(stack.engine.sessionCount == 1)
    }

    @Test("new credentials replace the state and the deadline; bad ones change nothing")
    func refreshed() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let chat = Self.namespace(stack, seen)
        chat.refreshes()
        let client = try await stack.client("/chat", auth: #"{"user":"a","seconds":10}"#)
        await stack.advance(by: .seconds(5))
        await client.send(#"42/chat,1["refresh",{"user":"b","seconds":10}]"#, #"42/chat,2["who",0]"#)
        #expect(try await client.texts(2) == [#"43/chat,1[{"ok":true}]"#, #"43/chat,2["b"]"#])
        await stack.advance(by: .seconds(8))
        await client.send(#"42/chat,3["refresh",{}]"#, #"42/chat,4["refresh"]"#, #"42/chat,5["who",0]"#)
        let answers = try await client.texts(3)
        #expect(answers[0].contains("bad token") && answers[0].contains(#""ok":false"#))
        #expect(answers[1].contains(#""ok":false"#))
        #expect(answers[2] == #"43/chat,5["b"]"#)
        #expect(seen.all.isEmpty)
        await stack.advance(by: .seconds(3))
        #expect(seen.all == ["unauthorized"])
    }

    @Test("a state without an end stays; one that gets an end by hand has it")
    func byHand() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let chat = Self.namespace(stack, seen)
        let client = try await stack.client("/chat", auth: #"{"user":"a","seconds":0}"#)
        await stack.advance(by: .seconds(20))
        let sockets = await collect(chat, stack)
        #expect(sockets.count == 1)
        sockets.first?.refresh("c", expires: .after(.seconds(2)))
        sockets.first?.withState { $0 += "!" }
        await client.send(#"42/chat,1["who",0]"#)
        #expect(seen.all.isEmpty)
        await stack.advance(by: .seconds(3))
        #expect(seen.all == ["unauthorized"])
    }

    private func collect(_ chat: Namespace<String>, _ stack: Stack) async -> [Socket<String>] {
        async let sockets = chat.everyone.sockets()
        for _ in 0..<20 { await stack.settle() }
        return await sockets
    }

    @Test("the server is told before it expires, and may ask for new credentials")
    func warned() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let chat = Self.namespace(stack, seen)
        chat.onExpiring(before: .seconds(3)) { socket in
            seen.add("expiring")
            let answer = try await socket.call("credentials", EncodedArguments(), timeout: .seconds(2))
            try await socket.refresh(authJSON: answer.encoded.json)
        }
        let client = try await stack.client("/chat", auth: #"{"user":"a","seconds":10}"#)
        await stack.advance(by: .milliseconds(6_900))
        #expect(seen.all.isEmpty)
        await stack.advance(by: .milliseconds(200))
        #expect(seen.all == ["expiring"])
        #expect(try await client.texts(1) == [#"42/chat,0["credentials"]"#])
        await client.send(#"43/chat,0[{"user":"b","seconds":100}]"#)
        await stack.advance(by: .seconds(17))
        #expect(seen.all == ["expiring"])
        await client.send(#"42/chat,9["who",0]"#)
        #expect(try await client.received().contains(.text(#"43/chat,9["b"]"#)))
    }

    @Test(
        "deadlines of the wall clock, whatever a token claims",
        arguments: [
            (Expiry.at(1_000), 0), (.at(1_010.5), 10_500), (.at(-1e300), 0), (.at(.nan), 0),
            (.after(.seconds(7)), 7_000), (.after(.seconds(-7)), 0),
        ] as [(Expiry, Int64)])
    func deadlines(_ expiry: Expiry, _ milliseconds: Int64) {
        let now = NIODeadline.uptimeNanoseconds(5_000_000_000)
        #expect(expiry.deadline(now: now) { 1_000 } == now + .milliseconds(milliseconds))
        #expect(Expiry.never.deadline(now: now) { 0 } == nil)
        #expect((Expiry.at(.infinity).deadline(now: now) { 0 } ?? now) > now + .hours(24 * 365))
    }
}
