internal import EngineIO
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// What the server asks of one client: emit, send with back-pressure, call with an answer.
@Suite("Asking a client", .timeLimit(.minutes(5)))
struct CallTests {
    private struct Place: Codable, Sendable, Equatable {
        var x: Int
    }

    private let question = Event<String>("q").returning(Int.self)

    /// A client and the server's socket for it.
    private func pair(
        _ configuration: Configuration = .init()
    ) async throws -> (Stack, Namespace<Void>, WebSocketClient, Socket<Void>) {
        let stack = Stack(configuration)
        let root = stack.io.namespace()
        let client = try await stack.client()
        let socket = try #require(await root.everyone.sockets().first)
        return (stack, root, client, socket)
    }

    private func result<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) -> Task<Result<Value, any Error>, Never> {
        Task {
            do {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
    }

    private func error(of result: Result<some Sendable, any Error>) -> (any Error)? {
        if case .failure(let error) = result { return error }
        return nil
    }

    @Test("emit writes every kind of argument")
    func emit() async throws {
        let (_, _, client, socket) = try await pair()
        socket.emit(Event<String, Int, Place, String?, [Double]>("e"), "a\"b", -1, Place(x: 2), nil, [0.5])
        socket.emit("nothing", EncodedArguments())
        socket.emit("raw", EncodedArguments(json: Array("1,[2]".utf8)))
        #expect(
            try await client.texts(3) == [
                #"42["e","a\"b",-1,{"x":2},null,[0.5]]"#, #"42["nothing"]"#, #"42["raw",1,[2]]"#,
            ])
    }

    @Test(
        "reserved names and unwritable values are not sent",
        arguments: [
            "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
        ])
    func reserved(_ name: String) async throws {
        let (stack, root, client, socket) = try await pair()
        socket.emit(Event<Int>(name), 1)
        root.emit(Event<Int>(name), 1)
        socket.emit(Event<Double>("e"), .nan)
        await #expect(throws: EmitError.reservedName(name)) { try await socket.send(Event<Int>(name), 1) }
        await #expect(throws: EmitError.reservedName(name)) {
            _ = try await socket.call(name, EncodedArguments(), timeout: .seconds(1))
        }
        await stack.settle()
        #expect(try await client.received() == [])
    }

    @Test("a call returns the client's answer; the ids count up")
    func answer() async throws {
        let (_, _, client, socket) = try await pair()
        let question = question
        let first = result { try await socket.call(question, "a", timeout: .seconds(5)) }
        #expect(try await client.texts(1) == [#"420["q","a"]"#])
        let second = result { try await socket.call(question, "b", timeout: .seconds(5)) }
        #expect(try await client.texts(1) == [#"421["q","b"]"#])
        await client.send("431[20]", "430[10,\"surplus\"]")
        #expect(try await first.value.get() == 10)
        #expect(try await second.value.get() == 20)
    }

    @Test("unknown, late and repeated acks count for nothing")
    func strayAcks() async throws {
        let (stack, _, client, socket) = try await pair()
        await client.send("435[1]")
        let question = question
        let call = result { try await socket.call(question, "a", timeout: .seconds(5)) }
        _ = try await client.texts(1)
        await client.send("430[1]", "430[2]")
        #expect(try await call.value.get() == 1)
        await client.send("430[3]")
        #expect(stack.engine.sessionCount == 1)
    }

    @Test(
        "an answer of another type, or none at all, is unexpected",
        arguments: ["[]", "[\"x\"]", "[null]", "[{}]"])
    func unexpectedReply(_ answer: String) async throws {
        let (_, _, client, socket) = try await pair()
        let question = question
        let call = result { try await socket.call(question, "a", timeout: .seconds(5)) }
        _ = try await client.texts(1)
        await client.send("430" + answer)
        guard case .unexpectedReply = error(of: await call.value) as? CallError else {
            Issue.record("\(await call.value)")
            return
        }
    }

    @Test("a call times out, not a moment early, and a late answer is ignored")
    func timeout() async throws {
        let (stack, _, client, socket) = try await pair()
        let question = question
        let ended = Recorder<Bool>()
        let call = result {
            defer { ended.add(true) }
            return try await socket.call(question, "a", timeout: .seconds(5))
        }
        _ = try await client.texts(1)
        await stack.advance(by: .milliseconds(4_999))
        #expect(ended.all.isEmpty)
        await stack.advance(by: .milliseconds(1))
        #expect(error(of: await call.value) as? CallError == .timeout)
        await client.send("430[1]")
        let again = result { try await socket.call(question, "b", timeout: .seconds(5)) }
        #expect(try await client.texts(1) == [#"421["q","b"]"#])
        await client.send("431[1]")
        #expect(try await again.value.get() == 1)
    }

    @Test("whoever waits for an answer hears that the client is gone", arguments: ["41", ""])
    func disconnected(_ packet: String) async throws {
        let (_, _, client, socket) = try await pair()
        let question = question
        let first = result { try await socket.call(question, "a", timeout: .seconds(5)) }
        let second = result { try await socket.call(question, "b", timeout: .seconds(5)) }
        _ = try await client.texts(2)
        if packet.isEmpty { await client.wire.cut() } else { await client.send(packet) }
        #expect(error(of: await first.value) as? CallError == .disconnected)
        #expect(error(of: await second.value) as? CallError == .disconnected)
        await #expect(throws: CallError.disconnected) {
            try await socket.call(question, "c", timeout: .seconds(5))
        }
    }

    @Test("more pending calls than allowed are refused at once, until one is answered")
    func tooManyPending() async throws {
        let (_, _, client, socket) = try await pair(Configuration(maxPendingCalls: 2))
        let question = question
        // One after the other: tasks begin in no order, and the ids go by who came first.
        let first = result { try await socket.call(question, "a", timeout: .seconds(5)) }
        #expect(try await client.texts(1) == [#"420["q","a"]"#])
        let second = result { try await socket.call(question, "b", timeout: .seconds(5)) }
        #expect(try await client.texts(1) == [#"421["q","b"]"#])
        await #expect(throws: CallError.tooManyPending) {
            try await socket.call(question, "c", timeout: .seconds(5))
        }
        #expect(try await client.received() == [])
        await client.send("430[1]")
        #expect(try await first.value.get() == 1)
        let third = result { try await socket.call(question, "d", timeout: .seconds(5)) }
        _ = try await client.texts(1)
        await client.wire.cut()
        #expect(error(of: await second.value) as? CallError == .disconnected)
        #expect(error(of: await third.value) as? CallError == .disconnected)
    }

    /// A client that takes nothing, and more waits for it than may without waiting.
    private func choked() async throws -> (Stack, WebSocketClient, Socket<Void>) {
        var configuration = Configuration()
        configuration.engine.outbox = OutboxPolicy(lowWatermark: 8, highWatermark: 15)
        let (stack, _, client, socket) = try await pair(configuration)
        await client.wire.setWritable(false)
        return (stack, client, socket)
    }

    @Test("send waits while too much waits for the client, no longer and no sooner")
    func sendWaits() async throws {
        let (stack, client, socket) = try await choked()
        let sent = Recorder<Int>()
        try await socket.send(Event<Int>("n"), 1)
        let started = Gate()
        let send = result {
            started.open()
            for number in 2...4 {
                try await socket.send(Event<Int>("n"), number)
                sent.add(number)
            }
        }
        await started.wait()
        await stack.settle()
        await stack.settle()
        #expect(sent.all == [])
        #expect(try await client.received() == [])
        await client.wire.setWritable(true)
        try await send.value.get()
        #expect(sent.all == [2, 3, 4])
        #expect(
            try await client.texts(4) == [
                #"42["n",1]"#, #"42["n",2]"#, #"42["n",3]"#, #"42["n",4]"#,
            ])
    }

    @Test("send to a client that is gone, or that left the namespace, says so", arguments: ["41", ""])
    func sendAfterEnd(_ packet: String) async throws {
        let (_, _, client, socket) = try await pair()
        if packet.isEmpty { await client.wire.cut() } else { await client.send(packet) }
        await #expect(throws: EmitError.disconnected) { try await socket.send(Event<Int>("n"), 1) }
    }

    @Test("send that waits when the client goes hears of it")
    func sendInterrupted() async throws {
        let (stack, client, socket) = try await choked()
        try await socket.send(Event<Int>("n"), 1)
        let started = Gate()
        let send = result {
            started.open()
            try await socket.send(Event<Int>("n"), 2)
        }
        await started.wait()
        await stack.settle()
        await client.wire.cut()
        #expect(error(of: await send.value) as? EmitError == .disconnected)
    }

    @Test("a client that does not read is closed as a slow consumer, and the memory is bounded")
    func slowConsumer() async throws {
        var configuration = Configuration()
        configuration.engine.maxOutboxPackets = 10
        let (stack, root, client, socket) = try await pair(configuration)
        let reasons = Recorder<DisconnectReason>()
        root.onDisconnect { _, reason in reasons.add(reason) }
        await client.wire.setWritable(false)
        for number in 1...11 { socket.emit(Event<Int>("n"), number) }
        await stack.settle()
        #expect(reasons.all == [.slowConsumer])
        #expect(root.socketCount == 0)
    }
}
