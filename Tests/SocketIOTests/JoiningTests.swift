internal import NIOCore
internal import NIOHTTP1
internal import SocketIOProtocol
internal import Testing

@testable internal import EngineIO
@testable internal import SocketIO

/// CONNECT and CONNECT_ERROR, and what a handshake tells the authenticator.
@Suite("Joining a namespace", .timeLimit(.minutes(5)))
struct JoiningTests {
    private struct Token: Codable, Sendable, Equatable {
        var token: String
        var device: Int?
    }

    private struct Hint: Codable, Sendable {
        let code: Int
        let note: String
    }

    @Test("a namespace is joined although nobody keeps it, with an id of 20 characters that is not the sid")
    func root() async throws {
        let stack = Stack()
        stack.io.namespace().on(Event<String>("hello")) { socket, name in
            socket.emit(Event<String>("hello"), "Hi \(name)")
        }
        let client = try await stack.webSocket()
        let id = try await client.join()
        #expect(id.count == 20)
        #expect(id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })
        #expect(stack.engine.sessions[id] == nil)
        await client.send(#"42["hello","Anna"]"#)
        #expect(try await client.next() == .text(#"42["hello","Hi Anna"]"#))
    }

    @Test(
        "every spelling of a CONNECT is understood",
        arguments: [
            ("40", #"40{"sid":"#), ("40{}", #"40{"sid":"#), ("40/,", #"40{"sid":"#),
            (#"40{"token":"1"}"#, #"40{"sid":"#),
            ("40/admin,", #"40/admin,{"sid":"#), ("40/admin", #"40/admin,{"sid":"#),
            (#"40/admin,{"token":"1"}"#, #"40/admin,{"sid":"#),
        ])
    func spellings(_ packet: String, _ answer: String) async throws {
        let stack = Stack()
        _ = (stack.io.namespace(), stack.io.namespace("admin"))
        let client = try await stack.webSocket()
        await client.send(packet)
        guard case .text(let text) = try await client.next() else {
            Issue.record("no answer")
            return
        }
        #expect(text.hasPrefix(answer))
        #expect(!text.contains("pid"))
    }

    @Test("an unknown namespace is refused and the connection goes on")
    func unknown() async throws {
        let stack = Stack()
        _ = stack.io.namespace()
        let client = try await stack.webSocket()
        await client.send("40/nope,")
        #expect(try await client.next() == .text(#"44/nope,{"message":"Invalid namespace"}"#))
        await client.send("40/nope?token=x,")
        #expect(try await client.next() == .text(#"44/nope?token=x,{"message":"Invalid namespace"}"#))
        try await client.join()
    }

    @Test("without any namespace the root is unknown too")
    func nothingRegistered() async throws {
        let client = try await Stack().webSocket()
        await client.send("40")
        #expect(try await client.next() == .text(#"44{"message":"Invalid namespace"}"#))
    }

    @Test("the authenticator's refusal reaches the client with message and data; it may try again")
    func refused() async throws {
        let stack = Stack()
        let chat = stack.io.namespace("/mw") { handshake in
            let token = try handshake.auth(Token.self)
            switch token.token {
            case "plain": throw ConnectError("not \"authorized\"")
            case "data": throw ConnectError("refused", data: Hint(code: 7, note: "a\nb"))
            default: return token
            }
        }
        let client = try await stack.webSocket()
        await client.send(#"40/mw,{"token":"plain"}"#)
        #expect(try await client.next() == .text(#"44/mw,{"message":"not \"authorized\""}"#))
        await client.send(#"40/mw,{"token":"data"}"#)
        guard case .text(let text) = try await client.next() else {
            Issue.record("no answer")
            return
        }
        #expect(text.hasPrefix(#"44/mw,{"message":"refused","data":{"#))
        #expect(text.contains(#""code":7"#) && text.contains(#""note":"a\nb""#))
        #expect(chat.socketCount == 0)
        try await client.join("/mw", auth: #"{"token":"good"}"#)
        #expect(chat.socketCount == 1)
    }

    @Test(
        "an error that is no refusal does not tell the client what happened",
        arguments: ["", #"{"token":5}"#])
    func internalError(_ auth: String) async throws {
        let stack = Stack()
        let chat = stack.io.namespace("/") { try $0.auth(Token.self) }
        let client = try await stack.webSocket()
        await client.send("40" + auth)
        #expect(try await client.next() == .text(#"44{"message":"Internal server error"}"#))
        #expect(chat.socketCount == 0)
    }

    @Test("what the authenticator returns is the socket's state in every handler")
    func state() async throws {
        let stack = Stack()
        let chat = stack.io.namespace("/") { try $0.auth(Token.self) }
        let seen = Recorder<Token>()
        chat.onConnect { seen.add($0.state) }
        chat.onDisconnect { socket, _ in seen.add(socket.state) }
        chat.on(Event<String>("who").returning(String.self)) { socket, _ in socket.state.token }
        let client = try await stack.client(auth: #"{"token":"Löwe","device":3}"#)
        await client.send(#"421["who","?"]"#)
        #expect(try await client.next() == .text(#"431["Löwe"]"#))
        let sockets = await chat.everyone.sockets()
        #expect(sockets.map(\.state.token) == ["Löwe"])
        await client.send("41")
        #expect(await seen.next() == Token(token: "Löwe", device: 3))
        #expect(await seen.next() == Token(token: "Löwe", device: 3))
    }

    @Test("the handshake carries namespace, headers, cookies, target and address")
    func handshake() async throws {
        let stack = Stack()
        let seen = Recorder<Handshake>()
        _ = stack.io.namespace("/a") { seen.add($0) }
        let client = try await stack.webSocket(
            headers: ["Cookie": "x=1; session=a=b; y=2", "Cookie": "session=other", "User-Agent": "test"])
        await client.send(#"40/a,{"k":[1]}"#)
        let handshake = await seen.next()
        #expect(handshake.namespace == "/a")
        #expect(String(decoding: handshake.authJSON, as: UTF8.self) == #"{"k":[1]}"#)
        #expect(handshake.headers["user-agent"] == ["test"])
        #expect(handshake.cookie("session") == "a=b")
        #expect(handshake.cookie("y") == "2")
        #expect(handshake.cookie("sess") == nil)
        #expect(handshake.url == "/socket.io/?EIO=4&transport=websocket")
        #expect(handshake.remoteAddress?.ipAddress == "127.0.0.1")
    }

    @Test("several namespaces of one connection are apart from each other")
    func several() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        let admin = stack.io.namespace("/admin")
        let client = try await stack.webSocket()
        let first = try await client.join()
        let second = try await client.join("/admin")
        #expect(first != second)
        root.emit(Event<Int>("n"), 1)
        admin.emit(Event<Int>("n"), 2)
        #expect(try await client.texts(2) == [#"42["n",1]"#, #"42/admin,["n",2]"#])
        await client.send("41/admin,")
        #expect((root.socketCount, admin.socketCount) == (1, 0))
        admin.emit(Event<Int>("n"), 3)
        root.emit(Event<Int>("n"), 4)
        #expect(try await client.texts(1) == [#"42["n",4]"#])
        try await client.join("/admin")
    }

    @Test("a client that is gone before it was authenticated leaves nothing behind")
    func goneWhileAuthenticated() async throws {
        let stack = Stack()
        let gate = Gate()
        let asked = Recorder<Bool>()
        let connected = Recorder<Bool>()
        let chat = stack.io.namespace("/") { _ in
            asked.add(true)
            await gate.wait()
        }
        chat.onConnect { _ in connected.add(true) }
        let client = try await stack.webSocket()
        await client.send("40")
        _ = await asked.next()
        await client.wire.cut()
        gate.open()
        await stack.settle()
        #expect(chat.socketCount == 0)
        #expect(connected.all.isEmpty)
        #expect(stack.engine.sessionCount == 0)
    }

    @Test("a client that joins nothing in time is closed; one that was refused too")
    func connectTimeout() async throws {
        let stack = Stack(Configuration(connectTimeout: .seconds(5)))
        _ = stack.io.namespace()
        let silent = try await stack.webSocket()
        let refused = try await stack.webSocket()
        let joined = try await stack.client()
        await refused.send("40/nope,")
        #expect(try await refused.next() == .text(#"44/nope,{"message":"Invalid namespace"}"#))
        await stack.advance(by: .milliseconds(4_999))
        #expect(try await silent.received() == [])
        await stack.advance(by: .milliseconds(1))
        #expect(try await silent.next() == .close(nil))
        #expect(try await refused.next() == .close(nil))
        #expect(try await joined.received() == [])
        #expect(stack.engine.sessionCount == 1)
    }
}
