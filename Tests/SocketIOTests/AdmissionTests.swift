internal import NIOCore
internal import SocketIOCore
internal import Testing

@testable internal import SocketIO

/// What is asked before a socket joins.
@Suite("Admission", .timeLimit(.minutes(5)))
struct AdmissionTests {
    @Test("middleware is asked in order, each after the one before, also when they wait")
    func order() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let gate = Gate()
        let root = stack.io.namespace()
        root.use { _ in
            await gate.wait()
            seen.add("1")
        }
        root.use { _ in seen.add("2") }
        root.onConnect { _ in seen.add("connect") }
        let client = try await stack.webSocket()
        await client.send("40")
        #expect(try await client.received() == [])
        gate.open()
        #expect(try await client.texts(1)[0].hasPrefix("40{"))
        #expect(seen.all == ["1", "2", "connect"])
    }

    @Test("what one throws refuses the client with its data; the others are not asked")
    func refusal() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let mw = stack.io.namespace("/mw")
        mw.use { socket in
            socket.join("r")
            throw ConnectError("not authorized", data: ["content": "x"])
        }
        mw.use { _ in seen.add("never") }
        mw.onConnect { _ in seen.add("never") }
        mw.onDisconnect { _, _ in seen.add("never") }
        let client = try await stack.webSocket()
        await client.send("40/mw,")
        #expect(
            try await client.texts(1) == [#"44/mw,{"message":"not authorized","data":{"content":"x"}}"#])
        await client.wire.cut()
        #expect(seen.all.isEmpty)
        #expect(mw.socketCount == 0)
    }

    @Test("what is emitted in middleware comes after the confirmation, in order; its rooms are joined")
    func early() async throws {
        let stack = Stack(Configuration(maxQueuedEvents: 3))
        let root = stack.io.namespace()
        root.use { socket in
            socket.join("a", "b", "c")
            socket.leave("b")
            for number in 1...5 { socket.emit(Event<Int>("early"), number) }
            await #expect(throws: CallError.disconnected) {
                try await socket.call(Request<Int>("q"), timeout: .seconds(1))
            }
        }
        root.onConnect { socket in
            socket.emit(Event<[String]>("rooms"), await socket.rooms().map(\.name).sorted())
        }
        let client = try await stack.client()
        #expect(
            try await client.texts(4) == [
                #"42["early",1]"#, #"42["early",2]"#, #"42["early",3]"#, #"42["rooms",["a","c"]]"#,
            ], "as many as may be queued")
    }

    @Test("a client that goes while it is judged never connects")
    func gone() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let gate = Gate()
        let family = stack.io.namespaces { $0 == "/d" }
        family.use { _ in await gate.wait() }
        family.onConnect { _ in seen.add("connect") }
        family.onDisconnect { _, _ in seen.add("disconnect") }
        let client = try await stack.webSocket()
        await client.send("40/d,")
        await client.wire.cut()
        gate.open()
        await stack.settle()
        #expect(seen.all.isEmpty)
        #expect(family.socketCount == 0)
    }
}
