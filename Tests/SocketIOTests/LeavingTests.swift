internal import EngineIO
internal import EngineIOProtocol
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// How sockets end, what their handlers are told, and that nothing is left of them.
@Suite("Leaving", .timeLimit(.minutes(5)))
struct LeavingTests {
    /// A way for a connection to end.
    enum End: CaseIterable {
        case clientLeaves, serverLeaves, serverCloses, clientCloses, clientCuts, networkFails, noPong,
            badPacket
        case wrongPlace, badFrame, notEngine, tooLarge, serverDown, engineClose

        var reason: DisconnectReason {
            switch self {
            case .clientLeaves: .clientNamespaceDisconnect
            case .serverLeaves, .serverCloses: .serverNamespaceDisconnect
            case .clientCloses, .clientCuts, .engineClose: .transportClose
            case .networkFails, .badFrame, .tooLarge: .transportError
            case .noPong: .pingTimeout
            case .badPacket: .forcedClose
            case .wrongPlace: .forcedServerClose
            case .notEngine: .parseError
            case .serverDown: .serverShuttingDown
            }
        }

        /// Whether the engine session stays.
        var keepsSession: Bool { self == .clientLeaves || self == .serverLeaves }

        func bring(about stack: Stack, _ root: Namespace<Void>, _ client: WebSocketClient) async {
            switch self {
            case .clientLeaves: await client.send("41")
            case .serverLeaves: root.everyone.disconnect()
            case .serverCloses: root.everyone.disconnect(close: true)
            case .clientCloses: await client.send([.close(1000)])
            case .clientCuts: await client.wire.cut()
            case .networkFails: await client.wire.fail()
            case .noPong: await stack.advance(by: .milliseconds(45_000))
            case .badPacket: await client.send("42x")
            case .wrongPlace: await client.send("40")
            case .badFrame: await client.wire.send([0x83, 0x80, 0, 0, 0, 0])
            case .notEngine: await client.send("x")
            case .tooLarge: await client.wire.send([0x82, 0xFF, 0, 0, 0, 0, 0, 0x0F, 0x42, 0x41])
            case .serverDown: stack.engine.closeAll()
            case .engineClose: await client.send("1")
            }
            await stack.settle()
        }
    }

    @Test(
        "every end has its reason, is told once, and the rooms are known until then", arguments: End.allCases)
    func reasons(_ end: End) async throws {
        let stack = Stack()
        let seen = Recorder<DisconnectReason>()
        let rooms = Recorder<Set<Room>>()
        let root = stack.io.namespace()
        root.onConnect { $0.join("a", "b") }
        root.onDisconnect { socket, reason in
            rooms.add(await socket.rooms())
            seen.add(reason)
        }
        let client = try await stack.client()
        await end.bring(about: stack, root, client)
        #expect(seen.all == [end.reason])
        #expect(rooms.all == [["a", "b"]])
        #expect(root.socketCount == 0)
        #expect(await root.to("a").sockets().isEmpty)
        #expect(stack.engine.sessionCount == (end.keepsSession ? 1 : 0))
    }

    @Test("a socket that was disconnected by the server hears 41, and with close the connection ends")
    func serverDisconnects() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        _ = stack.io.namespace("/a")
        let client = try await stack.client()
        try await client.join("/a")
        let socket = try #require(await root.everyone.sockets().first)
        socket.disconnect()
        socket.disconnect()
        socket.emit(Event<Int>("e"), 1)
        await stack.settle()
        #expect(try await client.received() == [.text("41")])
        try await client.join()
        let again = try #require(await root.everyone.sockets().first)
        #expect(again !== socket)
        again.disconnect(close: true)
        await stack.settle()
        let last = try await client.received()
        #expect(Set(last.dropLast().map { "\($0)" }) == [#"text("41")"#, #"text("41/a,")"#])
        #expect(last.last == .close(nil))
    }

    @Test("what was sent before a closing disconnect still arrives")
    func lastWords() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        root.on(Event<Int>("bye")) { socket, _ in
            socket.emit(Event<String>("last"), "word")
            socket.disconnect(close: true)
        }
        let client = try await stack.client()
        await client.send(#"421["bye",0]"#)
        #expect(try await client.received() == [.text(#"42["last","word"]"#), .text("41"), .close(nil)])
    }

    @Test("a socket that is gone takes nothing: no rooms, no events, no acks")
    func afterwards() async throws {
        let stack = Stack()
        let gate = Gate()
        let root = stack.io.namespace()
        root.on(Event<Int>("e").returning(Int.self)) { socket, number in
            await gate.wait()
            socket.join("late")
            return number
        }
        let client = try await stack.client()
        await client.send(#"421["e",1]"#, "41")
        #expect(root.socketCount == 0)
        gate.open()
        await stack.settle()
        #expect(try await client.received() == [])
        #expect(await root.to("late").sockets().isEmpty)
        // The id is free for another socket of the connection, which the ack must not reach.
        try await client.join()
        #expect(try await client.received() == [])
    }

    @Test("both namespaces of a connection that ends are told")
    func allNamespaces() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        for name in ["/", "/a", "/b"] {
            stack.io.namespace(name).onDisconnect { socket, reason in
                seen.add("\(socket.namespaceName) \(reason)")
            }
        }
        let client = try await stack.client()
        try await client.join("/a")
        try await client.join("/b")
        await client.send("41/a,")
        await client.wire.cut()
        #expect(seen.all.first == "/a client namespace disconnect")
        #expect(Set(seen.all.dropFirst()) == ["/ transport close", "/b transport close"])
    }

    /// Holds an object without keeping it.
    private struct Weak: @unchecked Sendable {
        weak var socket: AnySocket?
    }

    @Test("200 connections that come and go leave nothing behind", arguments: [1, 2])
    func leaks(_ loops: Int) async throws {
        let stack = Stack(loops: loops)
        let seen = Recorder<Weak>()
        let ended = Recorder<DisconnectReason>()
        let root = stack.io.namespace()
        root.onConnect { socket in
            seen.add(Weak(socket: socket))
            socket.join("all", Room("own:\(socket.id)"))
        }
        root.onDisconnect { _, reason in ended.add(reason) }
        root.on(Event<Int>("e").returning(Int.self)) { _, number in number }
        root.on(Event<Int>("ask")) { socket, _ in
            // Its client leaves without an answer.
            _ = try await socket.call(Request<Int>("q"), timeout: .seconds(60))
        }
        let ends: [End] = [.clientLeaves, .clientCuts, .clientCloses, .badPacket, .networkFails]
        for round in 0..<200 {
            let client = try await stack.webSocket(loop: round % loops)
            try await client.join()
            await client.send(#"421["e",1]"#, #"42["ask",1]"#)
            #expect(try await client.texts(2) == ["431[1]", #"42\#(round)["q"]"#])
            await ends[round % ends.count].bring(about: stack, root, client)
            await client.wire.cut()
        }
        await stack.settle()
        #expect(ended.all.count == 200)
        #expect(root.socketCount == 0)
        #expect(stack.engine.sessionCount == 0)
        #expect(seen.all.filter { $0.socket != nil }.isEmpty)
    }

    @Test("a server that is gone leaves no namespace behind")
    func wholeServer() async throws {
        weak var io: SocketIO?
        weak var core: NamespaceCore?
        do {
            let stack = Stack()
            let namespace = stack.io.namespace()
            namespace.on(Event<Int>("e")) { _, _ in }
            let client = try await stack.client()
            await client.wire.cut()
            // The connect timer of the connection is the last that knows it.
            await stack.advance(by: .seconds(60))
            (io, core) = (stack.io, namespace.core)
        }
        #expect(io == nil)
        #expect(core == nil)
    }
}
