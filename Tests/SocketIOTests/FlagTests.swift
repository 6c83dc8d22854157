internal import EngineIO
internal import NIOCore
internal import NIOHTTP1
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Flags of an event, the message event, delivery until acknowledged, and what happens after the end.
@Suite("Emitting", .timeLimit(.minutes(1)))
struct FlagTests {
    private let event = Event<Int>("e")

    private func pair(
        _ configuration: Configuration = .init()
    ) async throws -> (Stack, Namespace<Void>, WebSocketClient, Socket<Void>) {
        let stack = Stack(configuration)
        let root = stack.io.namespace()
        let client = try await stack.client()
        let socket = try #require(await root.everyone.sockets().first)
        return (stack, root, client, socket)
    }

    @Test("by WebSocket a volatile event goes when nothing waits before it")
    func volatileWebSocket() async throws {
        let (stack, root, client, socket) = try await pair()
        let event = event
        try await socket.eventLoop.submit {
            socket.volatile.emit(event, 1)
            socket.volatile.emit(event, 2)
            root.everyone.volatile.emit(event, 3)
            socket.emit(event, 4)
        }.get()
        #expect(try await client.texts(2) == [#"42["e",1]"#, #"42["e",4]"#])
        await stack.settle()
        root.everyone.volatile.emit("b", try EncodedArguments(Bytes([1])))
        #expect(try await client.next().normal == .text(#"451-["b",{"_placeholder":true,"num":0}]"#))
        #expect(try await client.next() == .binary([1]))
        await client.wire.setWritable(false)
        socket.volatile.emit(event, 5)
        root.everyone.volatile.emit(event, 6)
        await stack.settle()
        await client.wire.setWritable(true)
        socket.emit(event, 7)
        await stack.settle()
        #expect(try await client.received() == [.text(#"42["e",7]"#)])
    }

    @Test("by polling a volatile event goes when a poll waits")
    func volatilePolling() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        let client = try await stack.polling()
        _ = try await client.send("40")
        _ = try await client.poll()
        let socket = try #require(await root.everyone.sockets().first)
        socket.volatile.emit(event, 1)
        await stack.settle()
        await client.beginPoll()
        await stack.settle()
        socket.volatile.emit(event, 2)
        #expect(try await client.pollAnswer() == [#"42["e",2]"#])
        socket.emit(event, 3)
        socket.volatile.emit(event, 4)
        await stack.settle()
        #expect(try await client.poll() == [#"42["e",3]"#])
    }

    @Test("what is not to be compressed is not, on a connection that compresses", arguments: [false, true])
    func uncompressed(isRecovering: Bool) async throws {
        let engine = EngineConfiguration(messageCompression: MessageCompression(threshold: 1_000))
        let stack = Stack(Configuration(engine: engine, recovery: isRecovering ? Recovery() : nil))
        let root = stack.io.namespace()
        root.on(Event<Bool>("go")) { socket, isCompressed in
            let long = String(repeating: "a", count: 2_000)
            socket.compress(isCompressed).emit(Event<String>("one"), long)
            root.everyone.compress(isCompressed).emit(Event<String>("all"), long)
        }
        let client = try await stack.webSocket(
            headers: ["Sec-WebSocket-Extensions": "permessage-deflate"])
        try await client.join()
        await client.send(#"42["go",false]"#)
        let plain = try #require(try await client.wire.receive())
        #expect(plain.count > 4_000)
        #expect(plain.first == 0x81)
        await client.send(#"42["go",true]"#)
        let packed = try #require(try await client.wire.receive())
        #expect(packed.count < 200)
        #expect(packed.first == 0xC1)
    }

    @Test("send emits the message event, to one and to all")
    func message() async throws {
        let (_, root, client, socket) = try await pair()
        socket.send(message: "a", 1)
        root.send(message: "b")
        root.to(Room(socket.id)).send(message: "c")
        #expect(
            try await client.texts(3) == [
                #"42["message","a",1]"#, #"42["message","b"]"#, #"42["message","c"]"#,
            ])
    }

    @Test("targets are values: what is added to one does not change the other")
    func immutable() async throws {
        let (stack, root, client, socket) = try await pair()
        socket.join("red")
        let red = root.to("red")
        _ = red.except("red").local.volatile.timeout(.seconds(1)).compress(false)
        red.emit(event, 1)
        #expect(try await client.texts(1) == [#"42["e",1]"#])
        red.except("red").emit(event, 2)
        root.except("red").emit(event, 3)
        await stack.settle()
        #expect(try await client.received() == [])
    }

    @Test("an event delivered until acknowledged is sent again, then given up")
    func deliver() async throws {
        let (stack, _, client, socket) = try await pair()
        let event = event
        let delivery = outcome { try await socket.deliver(event, 1, retries: 2, timeout: .seconds(1)) }
        #expect(try await client.texts(1) == [#"420["e",1]"#])
        await stack.advance(by: .seconds(1))
        #expect(try await client.texts(1) == [#"421["e",1]"#])
        await client.send("431[]")
        try await delivery.value.get()
        let lost = outcome { try await socket.deliver(event, 2, retries: 1, timeout: .seconds(1)) }
        for number in 2...3 {
            #expect(try await client.texts(1) == ["42\(number)[\"e\",2]"])
            await stack.advance(by: .seconds(1))
        }
        #expect(await lost.value.error as? CallError == .timeout)
        let gone = outcome { try await socket.deliver(event, 3, timeout: .seconds(1)) }
        _ = try await client.texts(1)
        await client.wire.cut()
        #expect(await gone.value.error as? CallError == .disconnected)
    }

    @Test("a cancelled call stops waiting and leaves nothing behind")
    func cancelled() async throws {
        let (stack, _, client, socket) = try await pair(Configuration(maxPendingCalls: 1))
        let question = Event<Int>("q").returning(Int.self)
        let call = outcome { try await socket.call(question, 1) }
        _ = try await client.texts(1)
        call.cancel()
        #expect(await call.value.error is CancellationError)
        await stack.settle()
        let next = outcome { try await socket.call(question, 2) }
        #expect(try await client.texts(1) == [#"421["q",2]"#])
        await client.send("430[1]", "431[2]")
        #expect(try await next.value.get() == 2)
        let dead = outcome {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await socket.call(question, 3)
        }
        #expect(await dead.value.error is CancellationError)
        await stack.settle()
        #expect(try await client.received() == [])
    }

    @Test("a call without a time of its own waits as long as the configuration says")
    func defaultTimeout() async throws {
        let (stack, _, client, socket) = try await pair(Configuration(ackTimeout: .seconds(2)))
        let call = outcome { try await socket.call(Event<Int>("q").returning(Int.self), 1) }
        _ = try await client.texts(1)
        await stack.advance(by: .seconds(2))
        #expect(await call.value.error as? CallError == .timeout)
    }

    @Test("a request's answer may have several values, both ways")
    func several() async throws {
        let (_, root, client, socket) = try await pair()
        let pair = Event<Int>("pair").returning(Several<Int, String>.self)
        root.on(pair) { _, number in Several(number + 1, "x") }
        await client.send(#"427["pair",1]"#)
        #expect(try await client.texts(1) == [#"437[2,"x"]"#])
        let call = outcome { try await socket.call(pair, 1) }
        _ = try await client.texts(1)
        await client.send(#"430[5,"y"]"#)
        let values = try await call.value.get().values
        #expect(values == (5, "y"))
    }

    @Test("the disconnect handler reaches the rooms that its socket was in, not the socket itself")
    func emitAtEnd() async throws {
        let (stack, root, client, socket) = try await pair()
        let other = try await stack.client()
        root.everyone.join("red")
        await stack.settle()
        let event = event
        root.onDisconnect { socket, _ in
            for room in await socket.rooms() { socket.to(room).emit(event, 1) }
            socket.emit(event, 2)
            socket.volatile.emit(event, 3)
            socket.join("late")
        }
        await client.send("41")
        #expect(try await other.texts(1) == [#"42["e",1]"#])
        socket.emit(event, 4)
        await stack.settle()
        #expect(try await client.received() == [])
        #expect(await root.rooms().value == ["red"])
    }

    @Test("a socket tells whether it is connected, and of the connection below")
    func connection() async throws {
        let (stack, root, client, socket) = try await pair()
        #expect(socket.isConnected)
        let transport = try await socket.eventLoop.submit { socket.session.transport }.get()
        #expect(transport == .websocket)
        #expect(socket.session.protocolVersion == .v4)
        #expect(socket.session.request === socket.handshake.request)
        #expect(await root.adapter.serverCount() == 1)
        await client.send("41")
        await stack.settle()
        #expect(!socket.isConnected)
        // A connection may go on without the socket.
        #expect(stack.engine.sessionCount == 1)
    }

    @Test("data of a socket is JSON that is set, asked for, and else its state")
    func data() async throws {
        let (_, root, _, socket) = try await pair()
        #expect(try await socket.data(as: Int.self) == nil)
        #expect(
            String(decoding: try #require(await root.fetchSockets().value.first).dataJSON, as: UTF8.self)
                == "{}")
        try socket.setData(["a": 1])
        #expect(try await socket.data(as: [String: Int].self) == ["a": 1])
        #expect(try #require(await root.fetchSockets().value.first).data(as: [String: Int].self) == ["a": 1])
        await #expect(throws: DecodingError.self) { try await socket.data(as: Int.self) }
        #expect(throws: EncodingError.self) { try socket.setData(Double.nan) }
    }
}
