internal import Dispatch
internal import EngineIO
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization
internal import Testing

@testable internal import SocketIO

@Suite("Who may come back, and to what", .timeLimit(.minutes(5)))
struct RecoveryRulesTests {
    private struct Token: Decodable { let token: String? }

    /// How a connection can end, and whether its session waits then.
    enum End: CaseIterable {
        case cut, failed, leave, kicked, closed, malformed, pingTimeout

        var isRecoverable: Bool {
            switch self {
            case .cut, .failed, .malformed, .pingTimeout: true
            case .leave, .kicked, .closed: false
            }
        }
    }

    @Test("the reasons after which a session waits", arguments: End.allCases)
    func reasons(end: End) async throws {
        let stack = Stack.recovering()
        let sockets = Recorder<Socket<Void>>()
        let ends = Recorder<DisconnectReason>()
        let namespace = stack.io.namespace()
            .onConnect { sockets.add($0) }
            .onDisconnect { ends.add($1) }
        let (client, me) = try await stack.joined()
        let socket = await sockets.next()
        switch end {
        case .cut: await client.wire.cut()
        case .failed: await client.wire.fail()
        case .leave: await client.send("41")
        case .kicked: socket.disconnect()
        case .closed: socket.disconnect(close: true)
        case .malformed: await client.send("4x")
        case .pingTimeout: for _ in 0..<5 { await stack.advance(by: .seconds(10)) }
        }
        await stack.settle()
        _ = await ends.next()
        #expect(namespace.recoveryReport?.waitingSessions == (end.isRecoverable ? 1 : 0))
        let (_, _, identity) = try await stack.back(me)
        #expect((identity.sid == me.sid) == end.isRecoverable)
    }

    @Test("every reason is judged")
    func allReasons() {
        let recoverable = DisconnectReason.allCases.filter(\.isRecoverable)
        #expect(
            Set(recoverable) == [
                .transportError, .transportClose, .forcedClose, .pingTimeout, .serverShuttingDown,
                .forcedServerClose, .slowConsumer, .sessionTakenOver,
            ])
    }

    @Test(
        "claims that are none get a new session and harm nobody",
        arguments: [
            "{\"pid\":1}", "{\"pid\":null}", "{\"pid\":[\"PID\"]}", "{\"pid\":{\"a\":1}}", "{\"pid\":\"\"}",
            "{\"pid\":\"PID\",\"offset\":1}", "{\"pid\":\"PID\",\"offset\":[]}",
            "{\"pid\":\"PID\",\"offset\":true}",
            "{\"pid\":\"PID\",\"offset\":\"\"}", "{\"pid\":\"PID\",\"offset\":\"tick\"}",
            "{\"pid\":\"PID\",\"offset\":\"0000000000001\"}",
            "{\"pid\":\"PID\",\"offset\":\"_____________\"}",
            "{\"pid\":\"nobody\"}", "{\"offset\":\"0000000000001\"}", "{\"pid\":\"SID\"}",
            "{\"pid\":\"pid\\u0000\"}",
            "{\"pid\":\"\(String(repeating: "p", count: 60_000))\"}",
            "{\"pid\":\"PID\",\"offset\":\"\(String(repeating: "0", count: 60_000))\"}",
        ])
    func hostile(auth: String) async throws {
        let stack = Stack.recovering()
        let namespace = stack.io.namespace()
        let (client, me) = try await stack.joined()
        // Something was sent: an offset that cannot be true is not taken for a leftover.
        namespace.emit(Event<Int>("n"), 1)
        _ = try await client.texts(1)
        await client.wire.cut()
        let claim = auth.split(separator: "PID", omittingEmptySubsequences: false).joined(separator: me.pid)
            .split(separator: "SID", omittingEmptySubsequences: false).joined(separator: me.sid)
        let (_, identity) = try await stack.joined(auth: claim)
        #expect(identity.sid != me.sid && identity.pid != me.pid)
        #expect(namespace.recoveryReport?.counters.recovered == 0)
    }

    @Test("a private id means nothing in another namespace, an offset of another is foreign")
    func otherNamespace() async throws {
        let stack = Stack.recovering()
        let (a, b) = (stack.io.namespace("/a"), stack.io.namespace("/b"))
        let (clientA, inA) = try await stack.joined("/a")
        var (clientB, inB) = try await stack.joined("/b")
        a.emit(Event<Int>("n"), 1)
        b.emit(Event<Int>("n"), 1)
        var other = inB
        try other.note(try await clientB.texts(1)[0])
        _ = try await clientA.texts(1)
        await clientA.wire.cut()
        await clientB.wire.cut()
        let (_, _, wrong) = try await stack.back(inA, "/b")
        #expect(wrong.sid != inA.sid && b.recoveryReport?.counters.unknown == 1)
        var mixed = inA
        mixed.offset = other.offset
        let (_, got, identity) = try await stack.back(mixed, "/a")
        #expect(got.isEmpty && identity.sid != inA.sid && a.recoveryReport?.counters.foreignOffset == 1)
        inB.offset = other.offset
        #expect(try await stack.back(inB, "/b").2.sid == inB.sid)
    }

    @Test("the authentication judges again and makes the state, or is left out", arguments: [true, false])
    func authentication(again: Bool) async throws {
        let stack = Stack.recovering(Recovery(rerunAuthentication: again))
        let calls = Atomic<Int>(0)
        let states = Recorder<Int>()
        stack.io.namespace("/a") { _ in calls.add(1, ordering: .relaxed).newValue }
            .onConnect { states.add($0.state) }
        let (client, me) = try await stack.joined("/a")
        await client.wire.cut()
        let (_, _, identity) = try await stack.back(me, "/a")
        #expect(identity.sid == me.sid)
        #expect(await states.next() == 1)
        #expect(await states.next() == (again ? 2 : 1))
        #expect(calls.load(ordering: .relaxed) == (again ? 2 : 1))
    }

    @Test("who is refused has lost the session", arguments: [false, true])
    func refused(isLive: Bool) async throws {
        let stack = Stack.recovering()
        let namespace = stack.io.namespace("/a") { handshake in
            if try handshake.auth(Token.self).token == "bad" { throw ConnectError("no") }
        }
        let (client, me) = try await stack.joined("/a")
        if !isLive { await client.wire.cut() }
        let thief = try await stack.webSocket()
        await thief.send("40/a,{\"pid\":\"\(me.pid)\",\"token\":\"bad\"}")
        #expect(try await thief.texts(1) == ["44/a,{\"message\":\"no\"}"])
        #expect(namespace.recoveryReport?.counters.refused == 1)
        // A live socket is not harmed by somebody who cannot prove anything.
        #expect(namespace.socketCount == (isLive ? 1 : 0))
        let (_, _, identity) = try await stack.back(me, "/a")
        #expect((identity.sid == me.sid) == isLive)
    }

    @Test("rooms that a target joins and leaves, and being thrown out, while away")
    func away() async throws {
        let stack = Stack.recovering()
        let sockets = Recorder<Socket<Void>>()
        let namespace = stack.io.namespace().onConnect { sockets.add($0) }
        let (client, me) = try await stack.joined()
        let socket = await sockets.next()
        socket.join("a", "b")
        await stack.settle()
        await client.wire.cut()
        namespace.to("c").emit(Event<Int>("n"), 1)
        namespace.to("a").join("c")
        namespace.to("c").emit(Event<Int>("n"), 2)
        namespace.to(Room(me.sid)).leave("b")
        namespace.to("b").emit(Event<Int>("n"), 3)
        let (again, got, _) = try await stack.back(me)
        #expect(try plain(got) == ["42[\"n\",2"])
        #expect(await sockets.next().rooms() == ["a", "c"])
        await again.wire.cut()
        namespace.to("c").disconnect()
        #expect(try await stack.back(me).2.sid != me.sid)
        #expect(namespace.recoveryReport?.counters.dropped == 1)
    }

    @Test("a handler that goes on after the end reaches the client when it comes back")
    func lateHandler() async throws {
        let stack = Stack.recovering(loops: 2)
        let gate = Gate()
        stack.io.namespace().on(raw: "work") { socket, _ in
            await gate.wait()
            socket.emit("done", EncodedArguments())
            return nil
        }
        let (client, me) = try await stack.joined()
        await client.send("42[\"work\"]")
        await client.wire.cut()
        gate.open()
        await stack.settle()
        await stack.settle()
        let (_, got, _) = try await stack.back(me, loop: 1)
        #expect(try plain(got) == ["42[\"done\""])
    }

    @Test("every client on every loop gets the events in the log's order, whoever sends them")
    func order() async throws {
        let stack = Stack.recovering(loops: 3)
        let namespace = stack.io.namespace().on(Event<Int>("say")) { socket, number in
            socket.broadcast.emit(Event<Int>("n"), number)
            socket.emit(Event<Int>("n"), number)
        }
        let clients = [
            try await stack.joined(loop: 0).0, try await stack.joined(loop: 1).0,
            try await stack.joined(loop: 2).0,
        ]
        await withTaskGroup(of: Void.self) { group in
            for sender in 0..<4 {
                group.addTask {
                    for number in 0..<100 {
                        namespace.emit(Event<Int>("n"), sender * 1_000 + number)
                        if number % 10 == 0, sender < 3 {
                            await clients[sender].send("42[\"say\",\(5_000 + number)]")
                        }
                    }
                }
            }
        }
        await stack.settle()
        for client in clients {
            var last: UInt64 = 0
            var count = 0
            for case .text(let text) in try await client.received() {
                var identity = Identity(sid: "", pid: "")
                try identity.note(text)
                let position = try #require(identity.offset.flatMap { RecoveryOffset($0) }).position
                #expect(position > last)
                last = position
                count += 1
            }
            #expect(count == 430)
        }
    }

    @Test("what one caller sends from off the loop arrives in its order, to one and to all")
    func callOrder() async throws {
        let stack = Stack.recovering(loops: 2)
        let sockets = Recorder<Socket<Void>>()
        let namespace = stack.io.namespace().onConnect { sockets.add($0) }
        let (client, _) = try await stack.joined(loop: 1)
        let socket = await sockets.next()
        let held = DispatchSemaphore(value: 0)
        // So that everything is sent before the loop sees any of it.
        socket.eventLoop.execute { held.wait() }
        socket.emit(Event<Int>("n"), 1)
        namespace.emit(Event<Int>("n"), 2)
        socket.compress(false).emit(Event<Int>("n"), 3)
        namespace.to(Room(socket.id)).emit(Event<Int>("n"), 4)
        socket.emit(Event<Int>("n"), 5)
        held.signal()
        let texts = try plain(try await client.texts(5))
        #expect(texts == (1...5).map { "42[\"n\",\($0)" })
    }

    @Test("what is sent to a socket while it joins comes after the confirmation, in order, from wherever")
    func early() async throws {
        let configuration = Configuration(maxQueuedEvents: 10_000, recovery: Recovery())
        let stack = Stack(configuration, loops: 2)
        let (sockets, gate) = (Recorder<Socket<Void>>(), Gate())
        stack.io.namespace().use { socket in
            socket.emit(Event<Int>("n"), 0)
            sockets.add(socket)
            await gate.wait()
        }
        let client = try await stack.webSocket(loop: 1)
        await client.send("40")
        let socket = await sockets.next()
        for number in 1...100 { socket.emit(Event<Int>("n"), number) }
        async let rest: Void = {
            for number in 101...1_000 { socket.emit(Event<Int>("n"), number) }
        }()
        gate.open()
        await rest
        _ = try Identity(try await client.texts(1)[0])
        let texts = try plain(try await client.texts(1_001))
        #expect(texts == (0...1_000).map { "42[\"n\",\($0)" })
    }

    @Test("a call that waits when the client goes is over; its question is not made up for")
    func callsEnd() async throws {
        let stack = Stack.recovering()
        let sockets = Recorder<Socket<Void>>()
        stack.io.namespace().onConnect { sockets.add($0) }
        let (client, me) = try await stack.joined()
        let socket = await sockets.next()
        let question = Event<String>("q").returning(Int.self)
        let call = outcome { try await socket.call(question, "a") }
        #expect(try await client.texts(1) == ["420[\"q\",\"a\"]"])
        await client.wire.cut()
        #expect(await call.value.error as? CallError == .disconnected)
        await #expect(throws: CallError.disconnected) { try await socket.call(question, "b") }
        let (again, got, _) = try await stack.back(me)
        #expect(got.isEmpty)
        let recovered = await sockets.next()
        let second = outcome { try await recovered.call(question, "c") }
        let text = try await again.texts(1)[0]
        await again.send("43" + text.dropFirst(2).prefix { $0 != "[" } + "[5]")
        #expect(try await second.value.get() == 5)
    }

    @Test("ten thousand sessions wait and go, nobody asks; nothing is left of them")
    func soak() async throws {
        let loops = TestingLoops(1)
        let recovery = NamespaceRecovery(
            Recovery(maxDisconnection: .seconds(60), maxSessions: 8_000), engine: .init(), loops: loops.loops)
        for number in 0..<10_000 {
            let id = SocketID("\(number)")
            #expect(recovery.joined(id, pid: "p\(number)", place: 0) != nil)
            _ = recovery.broadcast(EventPacket("n"), options: BroadcastOptions())
            #expect(recovery.takeInbox(0).jobs.count == 1)
            let hasEnded = recovery.ended(pid: "p\(number)", place: 0) { end, now in
                NamespaceRecovery.Session(
                    id: id, pid: "p\(number)",
                    state: SocketMemory(state: (), dataJSON: nil) { _, _, _ in
                        preconditionFailure("nobody comes back")
                    },
                    rooms: ["r"], history: RoomHistory(from: end - 1),
                    startedAt: end - 1, lastSent: end, endedAt: end, disconnectedAt: now)
            }
            #expect(hasEnded)
        }
        let full = recovery.report
        #expect(full.waitingSessions == 8_000 && full.packets == 10_000 && full.bytes > 0)
        #expect(full.counters.stored == 10_000 && full.counters.evicted == 2_000)
        await loops.advance(by: .seconds(30))
        #expect(recovery.report == full)
        await loops.advance(by: .seconds(46))
        let empty = recovery.report
        #expect(empty.waitingSessions == 0 && empty.packets == 0 && empty.bytes == 0)
        #expect(empty.counters.expired == 8_000)
    }
}
