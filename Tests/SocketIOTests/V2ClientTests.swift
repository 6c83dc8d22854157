internal import EngineIO
internal import EngineIOProtocol
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Clients of Socket.IO v2, which speak Engine.IO v3 and protocol revision 4.
@Suite("Socket.IO v2 clients", .timeLimit(.minutes(5)))
struct V2ClientTests {
    private struct Refusal: Codable, Sendable {
        let code: Int
    }

    private static func stack(
        _ ids: V2SocketIDs = .sessionID, connectTimeout: Duration = .seconds(45)
    ) -> Stack {
        Stack(
            Configuration(
                engine: EngineConfiguration(allowEIO3: true), connectTimeout: connectTimeout, v2SocketIDs: ids
            ))
    }

    @Test("the root is joined without asking, and the id is what the client takes for it")
    func root() async throws {
        let stack = Self.stack()
        let joined = Recorder<AnySocket>()
        stack.io.namespace().onConnect { joined.add($0) }
            .on(raw: "echo") { socket, arguments in
                socket.emit("echo", arguments.encoded)
                return arguments.encoded
            }
        let client = try await stack.v2WebSocket("EIO=3&transport=websocket&room=a+b%21")
        #expect(try await client.next() == .text("40"))
        let socket = await joined.next()
        #expect(socket.id.description == (await client.sid))
        #expect(socket.handshake.query == ["EIO": "3", "transport": "websocket", "room": "a b!"])
        #expect(String(decoding: socket.handshake.authJSON, as: UTF8.self) == "{}")
        await client.send(#"421["echo","é"]"#)
        #expect(try await client.texts(2) == [#"42["echo","é"]"#, #"431["é"]"#])
    }

    @Test("binary data have a type byte both ways, or are base64 when the client said so")
    func binary() async throws {
        let stack = Self.stack()
        stack.io.namespace().on(raw: "echo") { socket, arguments in
            socket.emit("echo", arguments.encoded)
            return nil
        }
        let event = #"451-["echo",{"_placeholder":true,"num":0}]"#
        let client = try await stack.v2WebSocket()
        let old = try await stack.v2WebSocket("EIO=3&transport=websocket&b64=1")
        #expect(try await client.next() == .text("40"))
        #expect(try await old.next() == .text("40"))
        await client.send([.text(event), .binary([4, 1, 2])])
        #expect(try await client.next() == .text(event))
        #expect(try await client.next() == .binary([4, 1, 2]))
        await old.send([.text(event), .text("b4AQI=")])
        #expect(try await old.texts(2) == [event, "b4AQI="])
    }

    static let connects = [
        ("40/n", "{}"), ("40/n,", "{}"), ("40/n?", "{}"), ("40/n?,", "{}"),
        ("40/n?token=x&y=2", #"{"token":"x","y":"2"}"#),
        ("40/n?token=a%20b+c%2C%zz&y=,", #"{"token":"a b c,%zz","y":""}"#),
        ("40/n?a=1&a=2&b", #"{"a":["1","2"],"b":""}"#),
        (
            #"40/n?a="# + String(repeating: "x", count: 2_000),
            #"{"a":""# + String(repeating: "x", count: 2_000) + #""}"#
        ),
    ]

    @Test("a namespace's query is its auth, and the answer has no payload", arguments: connects)
    func query(packet: String, auth: String) async throws {
        let stack = Self.stack()
        let joined = Recorder<AnySocket>()
        _ = stack.io.namespace()
        stack.io.namespace("/n").onConnect { joined.add($0) }
        let client = try await stack.v2WebSocket()
        #expect(try await client.next() == .text("40"))
        await client.send(packet)
        #expect(try await client.next() == .text("40/n,"))
        let socket = await joined.next()
        #expect(socket.handshake.namespace == "/n")
        #expect(String(decoding: socket.handshake.authJSON, as: UTF8.self) == auth)
        #expect(socket.id.description == "/n#" + (await client.sid))
    }

    @Test("ids are random where the session id is to stay secret")
    func randomIDs() async throws {
        let stack = Self.stack(.random)
        let joined = Recorder<AnySocket>()
        stack.io.namespace().onConnect { joined.add($0) }
        stack.io.namespace("/n").onConnect { joined.add($0) }
        let client = try await stack.v2WebSocket()
        await client.send("40/n")
        #expect(try await client.texts(2) == ["40", "40/n,"])
        let ids = [await joined.next().id.description, await joined.next().id.description]
        let sid = await client.sid
        #expect(ids.allSatisfy { $0.count == 20 && $0 != sid })
        #expect(ids[0] != ids[1])
    }

    @Test("a refusal is its data, or its message; an unknown namespace is an object as ever")
    func refusals() async throws {
        let stack = Self.stack()
        _ = stack.io.namespace("/") { _ in throw ConnectError("not here") }
        _ = stack.io.namespace("/message") { _ in throw ConnectError("nope \"quoted\"") }
        _ = stack.io.namespace("/data") { _ in throw ConnectError("nope", data: Refusal(code: 1)) }
        _ = stack.io.namespace("/null") { _ in throw ConnectError("nope", data: Int?.none) }
        let client = try await stack.v2WebSocket()
        await client.send("40/message?x=1,", "40/data,", "40/null,", "40/unknown?x=1,")
        #expect(
            try await client.texts(5) == [
                #"44"not here""#, #"44/message,"nope \"quoted\"""#, #"44/data,{"code":1}"#,
                #"44/null,"nope""#,
                #"44/unknown,{"message":"Invalid namespace"}"#,
            ])
    }

    @Test("who is refused the root and joins nothing is closed in time")
    func connectTimeout() async throws {
        let stack = Self.stack(connectTimeout: .seconds(1))
        _ = stack.io.namespace("/") { _ in throw ConnectError("no") }
        let client = try await stack.v2WebSocket()
        #expect(try await client.next() == .text(#"44"no""#))
        await stack.advance(by: .milliseconds(1_000))
        #expect(try await client.next() == .close(nil))
    }

    @Test("who has the root is not closed")
    func noConnectTimeout() async throws {
        let stack = Self.stack(connectTimeout: .seconds(1))
        stack.io.namespace().on(Event<String>("hello")) { socket, _ in socket.emit(Event<Int>("hello"), 1) }
        let client = try await stack.v2WebSocket()
        #expect(try await client.next() == .text("40"))
        await stack.advance(by: .milliseconds(5_000))
        await client.send(#"42["hello","x"]"#)
        #expect(try await client.next() == .text(#"42["hello",1]"#))
    }

    @Test(
        "what breaks the rules closes the connection",
        arguments: [
            "40", "40/,", "40/?x=1,", #"42/n,["x"]"#, "44", "40" + "/" + String(repeating: "n", count: 512),
            "40/n?" + String(repeating: "x", count: 9_000),
        ])
    func violations(packet: String) async throws {
        let stack = Self.stack()
        _ = (stack.io.namespace(), stack.io.namespace("/n"))
        let client = try await stack.v2WebSocket()
        #expect(try await client.next() == .text("40"))
        await client.send(packet)
        guard case .close = try await client.next() else {
            Issue.record("not closed")
            return
        }
    }

    @Test("namespaces are left by either side")
    func leaving() async throws {
        let stack = Self.stack()
        let reasons = Recorder<DisconnectReason>()
        stack.io.namespace().onDisconnect { _, reason in reasons.add(reason) }
        stack.io.namespace("/n").onDisconnect { _, reason in reasons.add(reason) }
            .on(raw: "kick") { socket, _ in
                socket.disconnect()
                return nil
            }
        let client = try await stack.v2WebSocket()
        await client.send("40/n,", "41", #"42/n,["kick"]"#)
        #expect(try await client.texts(3) == ["40", "40/n,", "41/n,"])
        #expect(await reasons.next() == .clientNamespaceDisconnect)
        #expect(await reasons.next() == .serverNamespaceDisconnect)
    }

    @Test("one broadcast reaches old and new clients, each in its form")
    func broadcast() async throws {
        let stack = Self.stack()
        let root = stack.io.namespace().onConnect { $0.join("all") }
        let new = try await stack.client()
        let old = try await stack.v2WebSocket()
        let older = try await stack.v2WebSocket("EIO=3&transport=websocket&b64=1")
        #expect(try await old.next() == .text("40"))
        #expect(try await older.next() == .text("40"))
        root.to("all").emit(Event<Bytes>("data"), Bytes([7, 8]))
        root.to("all").emit(Event<String>("text"), "é")
        await stack.settle()
        let event = #"451-["data",{"_placeholder":true,"num":0}]"#
        let text = #"42["text","é"]"#
        #expect(try await new.received().map(\.normal) == [.text(event), .binary([7, 8]), .text(text)])
        #expect(try await old.received().map(\.normal) == [.text(event), .binary([4, 7, 8]), .text(text)])
        #expect(try await older.received().map(\.normal) == [.text(event), .text("b4Bwg="), .text(text)])
    }

    @Test("without allowEIO3 such a client is refused")
    func refusedByDefault() async throws {
        let stack = Stack()
        _ = stack.io.namespace()
        let client = WebSocketClient(try await stack.connect())
        await #expect(throws: WebSocketClient.Broken.self) {
            try await client.open(query: "EIO=3&transport=websocket")
        }
    }
}

extension Stack {
    /// A client of Engine.IO v3 that has read its open packet, which comes a moment after the WebSocket.
    fileprivate func v2WebSocket(
        _ query: String = "EIO=3&transport=websocket"
    ) async throws -> WebSocketClient {
        let client = WebSocketClient(try await connect())
        try await client.open(query: query) { await self.advance(by: .milliseconds(10)) }
        return client
    }
}
