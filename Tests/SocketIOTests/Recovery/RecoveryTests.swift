internal import EngineIO
internal import NIOCore
internal import SocketIO
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@Suite("Connection state recovery", .timeLimit(.minutes(5)))
struct RecoveryTests {
    @Test("is off by default: no private id, no offsets, and claims mean nothing")
    func off() async throws {
        let stack = Stack()
        let namespace = stack.io.namespace()
        let client = try await stack.webSocket()
        await client.send("40{\"pid\":\"foo\",\"offset\":\"bar\"}")
        let answer = try await client.texts(1)[0]
        #expect(answer.hasPrefix("40{\"sid\":\"") && !answer.contains("pid"))
        namespace.emit(Event<String>("hello"), "you")
        #expect(try await client.texts(1) == ["42[\"hello\",\"you\"]"])
        #expect(namespace.recoveryReport == nil)
    }

    @Test("gives back session and missed packets, which come before the answer")
    func missed() async throws {
        let stack = Stack.recovering()
        let sockets = Recorder<Socket<Void>>()
        let namespace = stack.io.namespace().onConnect { socket in
            if !socket.recovered { socket.join("room1") }
            sockets.add(socket)
        }
        var (client, me) = try await stack.joined()
        let socket = await sockets.next()
        #expect(!socket.recovered)
        namespace.everyone.emit("hello", EncodedArguments())
        #expect(try me.note(try await client.texts(1)[0]) == "42[\"hello\"")
        await client.wire.cut()
        namespace.everyone.emit("hello1", EncodedArguments())
        namespace.to("room1").emit(Event<String>("hello2"), "a")
        namespace.to("other").emit("not for it", EncodedArguments())
        namespace.everyone.except("room1").emit("nor this", EncodedArguments())
        socket.emit("hello3", EncodedArguments())
        let (again, got, identity) = try await stack.back(me)
        #expect(try plain(got) == ["42[\"hello1\"", "42[\"hello2\",\"a\"", "42[\"hello3\""])
        #expect(identity.sid == me.sid && identity.pid == me.pid)
        let recovered = await sockets.next()
        #expect(recovered.recovered && recovered.id == socket.id && recovered !== socket)
        #expect(await recovered.rooms() == ["room1"])
        namespace.to("room1").emit("on", EncodedArguments())
        #expect(try plain(try await again.texts(1)) == ["42[\"on\""])
        #expect(namespace.recoveryReport?.counters.recovered == 1)
    }

    @Test("works before the first event: a client without an offset gets everything")
    func noOffset() async throws {
        let stack = Stack.recovering()
        let namespace = stack.io.namespace()
        let (client, me) = try await stack.joined()
        await client.wire.cut()
        namespace.emit(Event<Int>("n"), 1)
        let (again, got, identity) = try await stack.back(me)
        #expect(try plain(got) == ["42[\"n\",1"] && identity.sid == me.sid)
        // Sent, and lost on the way: still no offset.
        namespace.emit(Event<Int>("n"), 2)
        await stack.settle()
        await again.wire.cut()
        let (_, rest, _) = try await stack.back(me)
        #expect(try plain(rest) == ["42[\"n\",1", "42[\"n\",2"])
    }

    @Test("gives again what was written and not received")
    func inFlight() async throws {
        let stack = Stack.recovering()
        let namespace = stack.io.namespace()
        var (client, me) = try await stack.joined()
        for number in 1...3 { namespace.emit(Event<Int>("n"), number) }
        try me.note(try await client.texts(1)[0])
        await client.wire.cut()
        namespace.emit(Event<Int>("n"), 4)
        let (_, got, _) = try await stack.back(me)
        #expect(try plain(got) == ["42[\"n\",2", "42[\"n\",3", "42[\"n\",4"])
    }

    @Test("carries attachments, and their offset in the text")
    func binary() async throws {
        let stack = Stack.recovering()
        let namespace = stack.io.namespace()
        let (client, me) = try await stack.joined()
        await client.wire.cut()
        namespace.emit(Event<Bytes>("second"), Bytes([1, 2]))
        let again = try await stack.webSocket()
        await again.send("40" + me.auth)
        let text = try await again.texts(1)
        let plain = try plain(text)[0]
        #expect(plain.hasPrefix("451-[\"second\",{\"") && plain.hasSuffix("}"))
        #expect(try await again.next() == .binary([1, 2]))
        #expect(try await again.texts(1)[0].contains(me.sid))
    }

    @Test("a session is given back once")
    func once() async throws {
        let stack = Stack.recovering()
        let namespace = stack.io.namespace()
        let (client, me) = try await stack.joined()
        await client.wire.cut()
        let (again, _, identity) = try await stack.back(me)
        #expect(identity.sid == me.sid)
        await again.send("41")
        let (_, got, other) = try await stack.back(me)
        #expect(got.isEmpty && other.sid != me.sid && other.pid != me.pid)
        #expect(namespace.recoveryReport?.counters.unknown == 1)
    }

    @Test("a live socket is taken over, on whatever loop", arguments: [0, 1])
    func takeover(loop: Int) async throws {
        let stack = Stack.recovering(loops: 2)
        let ends = Recorder<DisconnectReason>()
        let sockets = Recorder<Socket<Void>>()
        let namespace = stack.io.namespace()
            .onConnect { sockets.add($0) }
            .onDisconnect { _, reason in ends.add(reason) }
        var (client, me) = try await stack.joined()
        let old = await sockets.next()
        old.join("r")
        namespace.emit(Event<Int>("n"), 1)
        namespace.emit(Event<Int>("n"), 2)
        await stack.settle()
        try me.note(try await client.texts(2)[0])
        let (again, got, identity) = try await stack.back(me, loop: loop)
        #expect(try plain(got) == ["42[\"n\",2"] && identity.sid == me.sid)
        #expect(await ends.next() == .sessionTakenOver)
        #expect(try await client.texts(1) == ["41"])
        #expect(try await client.next() == .close(nil))
        // The old socket's handlers may go on: what they say reaches the client where it is now, once.
        old.emit(Event<Int>("n"), 3)
        namespace.to("r").emit(Event<Int>("n"), 4)
        #expect(try plain(try await again.texts(2)) == ["42[\"n\",3", "42[\"n\",4"])
        #expect(try await again.received().isEmpty && namespace.socketCount == 1)
        #expect(namespace.recoveryReport?.counters.takenOver == 1)
    }

    @Test(
        "a session waits as long as it may",
        arguments: [(TimeAmount.seconds(9), true), (.seconds(11), false)])
    func expiry(wait: TimeAmount, isBack: Bool) async throws {
        let stack = Stack.recovering(Recovery(maxDisconnection: .seconds(10)))
        let namespace = stack.io.namespace()
        let (client, me) = try await stack.joined()
        await client.wire.cut()
        namespace.emit(Event<Int>("n"), 1)
        await stack.advance(by: wait)
        let (_, got, identity) = try await stack.back(me)
        #expect((identity.sid == me.sid) == isBack && got.count == (isBack ? 1 : 0))
    }

    @Test("a quiet client comes back however old its offset is")
    func quiet() async throws {
        let stack = Stack.recovering(Recovery(maxDisconnection: .seconds(10), maxPackets: 5))
        let namespace = stack.io.namespace()
        var (client, me) = try await stack.joined()
        namespace.emit(Event<Int>("n"), 0)
        try me.note(try await client.texts(1)[0])
        for number in 1...20 { namespace.to("others").emit(Event<Int>("n"), number) }
        await stack.advance(by: .seconds(20))
        await client.wire.cut()
        namespace.emit(Event<Int>("n"), 21)
        let (_, got, identity) = try await stack.back(me)
        #expect(identity.sid == me.sid)
        #expect(try plain(got) == ["42[\"n\",21"])
    }

    @Test(
        "too much was missed: a new session, never a part",
        arguments: [
            Recovery(maxPackets: 2), Recovery(maxBytes: 300), Recovery(maxPackets: 0),
            Recovery(maxSessions: 0),
        ])
    func overflow(recovery: Recovery) async throws {
        let stack = Stack.recovering(recovery)
        let namespace = stack.io.namespace()
        let (client, me) = try await stack.joined()
        await client.wire.cut()
        for number in 1...3 { namespace.emit(Event<Int>("n"), number) }
        let (_, got, identity) = try await stack.back(me)
        #expect(got.isEmpty && identity.sid != me.sid)
        let counters = try #require(namespace.recoveryReport).counters
        #expect(counters.overflow + counters.evicted == 1 && counters.recovered == 0)
    }

    @Test("more than a connection's outbox takes is too much")
    func outbox() async throws {
        var configuration = Configuration(recovery: Recovery())
        configuration.engine.maxOutboxBytes = 2_000
        let stack = Stack(configuration)
        let namespace = stack.io.namespace()
        let (client, me) = try await stack.joined()
        await client.wire.cut()
        for _ in 1...10 { namespace.emit(Event<String>("n"), String(repeating: "x", count: 100)) }
        let (_, got, identity) = try await stack.back(me)
        #expect(got.isEmpty && identity.sid != me.sid)
        #expect(namespace.recoveryReport?.counters.overflow == 1)
    }

    @Test("an event goes out before the ack of the handler that sent it")
    func beforeAck() async throws {
        let stack = Stack.recovering(loops: 2)
        stack.io.namespace().on(raw: "ask") { socket, _ in
            socket.emit("first", EncodedArguments())
            return try EncodedArguments(1)
        }
        let (client, _) = try await stack.joined(loop: 1)
        await client.send("421[\"ask\"]")
        let texts = try await client.texts(2)
        #expect(try plain([texts[0]]) == ["42[\"first\""] && texts[1] == "431[1]")
    }

    @Test("what is volatile is not kept, what is answered has no offset; neither spoils the client's offset")
    func unkept() async throws {
        let stack = Stack.recovering()
        let answers = Recorder<Int>()
        let namespace = stack.io.namespace().on(raw: "go") { socket, _ in
            answers.add(
                try await socket.call(Request<Int, String>("ask"), "you", timeout: .seconds(5)))
            return nil
        }
        var (client, me) = try await stack.joined()
        namespace.emit(Event<Int>("n"), 1)
        await stack.settle()
        namespace.everyone.volatile.emit(Event<String>("tick"), "now")
        await stack.settle()
        namespace.everyone.volatile.emit("tock", EncodedArguments())
        await stack.settle()
        namespace.everyone.volatile.emit(Event<Int>("count"), 3)
        let texts = try await client.texts(4)
        try me.note(texts[0])
        let before = me.offset
        // The official client takes any text at the end for an offset, the name too: it gets a true one.
        #expect(try me.note(texts[1]) == "42[\"tick\",\"now\"")
        #expect(me.offset == before)
        #expect(try me.note(texts[2]) == "42[\"tock\"")
        #expect(texts[3] == "42[\"count\",3]")
        await client.send("42[\"go\"]")
        #expect(try await client.texts(1) == ["420[\"ask\",\"you\"]"])
        await client.send("430[7]")
        #expect(await answers.next() == 7)
        await client.wire.cut()
        namespace.everyone.volatile.emit(Event<String>("tick"), "lost")
        namespace.emit(Event<Int>("n"), 2)
        let (_, got, identity) = try await stack.back(me)
        #expect(try plain(got) == ["42[\"n\",2"] && identity.sid == me.sid)
    }
}
