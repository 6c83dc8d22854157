internal import EngineIO
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// One socket's handlers run one after the other, and a client that is faster than they are is not read.
@Suite("Order and back-pressure", .timeLimit(.minutes(5)))
struct OrderTests {
    @Test("events of one socket wait for each other even if a handler waits; other sockets do not")
    func serial() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let gate = Gate()
        stack.io.namespace().on(Event<String>("e")) { _, text in
            seen.add("begin " + text)
            if text == "a1" { await gate.wait() }
            seen.add("end " + text)
        }
        let first = try await stack.client()
        let second = try await stack.client()
        await first.send(#"42["e","a1"]"#, #"42["e","a2"]"#)
        await first.send(#"42["e","a3"]"#)
        await second.send(#"42["e","b1"]"#)
        #expect(seen.all == ["begin a1", "begin b1", "end b1"])
        gate.open()
        await stack.settle()
        #expect(seen.all.dropFirst(3) == ["end a1", "begin a2", "end a2", "begin a3", "end a3"])
    }

    @Test("events wait for the connect handler, whose own come first")
    func connectFirst() async throws {
        let stack = Stack()
        let gate = Gate()
        let root = stack.io.namespace()
        root.onConnect { socket in
            await gate.wait()
            socket.join("ready")
            socket.emit(Event<Int>("hello"), 1)
        }
        root.on(Event<Int>("e").returning([String].self)) { socket, _ in await socket.rooms().map(\.name) }
        let client = try await stack.webSocket()
        await client.send("40", #"421["e",1]"#)
        let messages = try await client.received()
        #expect(messages.count == 1)
        gate.open()
        #expect(try await client.texts(2) == [#"42["hello",1]"#, #"431[["ready"]]"#])
    }

    @Test("acks leave in the order of their events")
    func acks() async throws {
        let stack = Stack()
        let gates = (0..<3).map { _ in Gate() }
        stack.io.namespace().on(Event<Int>("e").returning(Int.self)) { _, number in
            await gates[number].wait()
            return number
        }
        let client = try await stack.client()
        await client.send(#"420["e",0]"#, #"421["e",1]"#, #"422["e",2]"#)
        gates[2].open()
        gates[1].open()
        await stack.settle()
        #expect(try await client.received() == [])
        gates[0].open()
        #expect(try await client.texts(3) == ["430[0]", "431[1]", "432[2]"])
    }

    @Test("a connection whose handlers lag is not read; the events come later, all of them, in order")
    func paused() async throws {
        let stack = Stack(Configuration(maxQueuedEvents: 4))
        let seen = Recorder<Int>()
        let reasons = Recorder<DisconnectReason>()
        let gate = Gate()
        let root = stack.io.namespace()
        root.on(Event<Int>("e")) { _, number in
            if number == 0 { await gate.wait() }
            seen.add(number)
        }
        root.onDisconnect { _, reason in reasons.add(reason) }
        let client = try await stack.client()
        // In one piece with a packet that ends the connection: whoever reads on would see that at once.
        await client.send((0..<20).map { .text("42[\"e\",\($0)]") } + [.text("not a packet")])
        #expect(!client.wire.isRead)
        #expect(stack.engine.sessionCount == 1)
        #expect(seen.all.isEmpty)
        gate.open()
        await stack.settle()
        #expect(seen.all == Array(0..<20))
        #expect(reasons.all.count == 1)
    }

    @Test("reading goes on when the handlers have caught up")
    func resumed() async throws {
        let stack = Stack(Configuration(maxQueuedEvents: 4))
        let gate = Gate()
        stack.io.namespace().on(Event<Int>("e").returning(Int.self)) { _, number in
            await gate.wait()
            return number
        }
        let client = try await stack.client()
        #expect(client.wire.isRead)
        await client.send((0..<5).map { .text("42\($0)[\"e\",\($0)]") })
        #expect(client.wire.isRead)
        await client.send(#"425["e",5]"#)
        #expect(!client.wire.isRead)
        gate.open()
        #expect(try await client.texts(6) == (0..<6).map { "43\($0)[\($0)]" })
        #expect(client.wire.isRead)
        await client.send(#"426["e",6]"#)
        #expect(try await client.texts(1) == ["436[6]"])
    }

    @Test("two lagging sockets of one connection: it is read again when both have caught up")
    func twoSockets() async throws {
        let stack = Stack(Configuration(maxQueuedEvents: 2))
        let gates = ["/": Gate(), "/b": Gate()]
        for name in ["/", "/b"] {
            stack.io.namespace(name).on(Event<Int>("e")) { _, _ in await gates[name]?.wait() }
        }
        let client = try await stack.client()
        try await client.join("/b")
        await client.send(
            (0..<3).map { .text("42[\"e\",\($0)]") } + (0..<3).map { .text("42/b,[\"e\",\($0)]") })
        #expect(client.wire.isRead)
        await client.send([.text(#"42["e",3]"#)])
        #expect(!client.wire.isRead)
        gates["/"]?.open()
        await stack.settle()
        #expect(client.wire.isRead)
        gates["/b"]?.open()
    }

    @Test("a lagging polling client gets no answer to its post until the handlers have caught up")
    func pausedPolling() async throws {
        let stack = Stack(Configuration(maxQueuedEvents: 2))
        let seen = Recorder<Int>()
        let gate = Gate()
        stack.io.namespace().on(Event<Int>("e")) { _, number in
            await gate.wait()
            seen.add(number)
        }
        let client = try await stack.polling()
        _ = try await client.send("40")
        _ = try await client.poll()
        try await client.beginSend((0..<6).map { "42[\"e\",\($0)]" })
        #expect(try await !client.hasSendAnswer())
        gate.open()
        #expect(try await client.sendAnswer() == PollingClient.Answer(status: 200, body: "ok"))
        #expect(seen.all == Array(0..<6))
    }

    @Test("a client that goes while its handlers lag: they are all run, then the disconnect handler")
    func goneWhileLagging() async throws {
        let stack = Stack(Configuration(maxQueuedEvents: 4))
        let seen = Recorder<String>()
        let gate = Gate()
        let root = stack.io.namespace()
        root.on(Event<Int>("e")) { _, number in
            await gate.wait()
            seen.add("\(number)")
        }
        root.onDisconnect { _, reason in seen.add(reason.rawValue) }
        let client = try await stack.client()
        await client.send((0..<5).map { .text("42[\"e\",\($0)]") })
        await client.wire.cut()
        #expect(root.socketCount == 0)
        #expect(seen.all.isEmpty)
        gate.open()
        await stack.settle()
        #expect(seen.all == ["0", "1", "2", "3", "4", "transport close"])
    }

    @Test("a handler runs on its socket's event loop, before and after it waited", arguments: [0, 1])
    func onLoop(_ index: Int) async throws {
        let stack = Stack(loops: 2)
        let seen = Recorder<Bool>()
        let gate = Gate()
        stack.io.namespace().on(Event<Int>("e")) { socket, _ in
            seen.add(socket.eventLoop.inEventLoop)
            await gate.wait()
            seen.add(socket.eventLoop.inEventLoop)
        }
        let client = try await stack.webSocket(loop: index)
        try await client.join()
        await client.send(#"42["e",1]"#)
        gate.open()
        await stack.settle()
        #expect(seen.all == [true, true])
    }
}
