internal import EngineIO
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Who gets what is sent to rooms: on one event loop and across two.
@Suite("Rooms and broadcasts", .timeLimit(.minutes(5)))
struct BroadcastTests {
    private let event = Event<String>("e")

    /// Four clients: a and b in "red", b and c in "blue", d in none; every second one on the last loop.
    private struct Four {
        let stack: Stack
        let root: Namespace<Void>
        var clients: [WebSocketClient] = []
        var sockets: [Socket<Void>] = []

        init(loops: Int) async throws {
            stack = Stack(loops: loops)
            root = stack.io.namespace()
            for index in 0..<4 {
                let client = try await stack.webSocket(loop: index % loops)
                let id = try await client.join()
                clients.append(client)
                let all = await root.everyone.sockets()
                sockets.append(try #require(all.first { $0.id.description == id }))
            }
            sockets[0].join("red")
            sockets[1].join("red", "blue")
            sockets[2].join("blue")
            await stack.settle()
        }

        /// Which clients got exactly one message, by letter.
        func receivers(_ expected: String) async throws -> String {
            await stack.settle()
            var letters = ""
            for (client, letter) in zip(clients, "abcd") {
                let messages = try await client.received()
                if messages == [.text(expected)] { letters.append(letter) } else { #expect(messages == []) }
            }
            return letters
        }
    }

    @Test("targets name whom they say", arguments: [1, 2])
    func targets(_ loops: Int) async throws {
        let four = try await Four(loops: loops)
        let (root, sockets) = (four.root, four.sockets)
        let cases: [(Target<Void>, String)] = [
            (root.everyone, "abcd"),
            (root.to("red"), "ab"),
            (root.to("red", "blue"), "abc"),
            (root.to("red").to("blue"), "abc"),
            (root.to("red", "red"), "ab"),
            (root.to("nobody"), ""),
            (root.everyone.except("red"), "cd"),
            (root.everyone.except("red", "blue"), "d"),
            (root.everyone.except("red").except("nobody"), "cd"),
            (root.to("blue").except("red"), "c"),
            (root.to(Room(sockets[3].id)), "d"),
            (root.to("red", Room(sockets[0].id)), "ab"),
            (root.everyone.except(Room(sockets[3].id)), "abc"),
            (sockets[0].broadcast, "bcd"),
            (sockets[0].to("red"), "b"),
            (sockets[3].to("red", "blue"), "abc"),
            (root.everyone.volatile, "abcd"),
            (root.to("red").local, "ab"),
        ]
        for (number, (target, expected)) in cases.enumerated() {
            target.emit(event, "\(number)")
            #expect(try await four.receivers("42[\"e\",\"\(number)\"]") == expected, "case \(number)")
            let named = await target.sockets().map(\.id)
            #expect(
                Set(named) == Set(zip(sockets, "abcd").filter { expected.contains($1) }.map(\.0.id)),
                "case \(number)")
            #expect(named.count == expected.count)
        }
    }

    @Test("targets let join, leave and disconnect", arguments: [1, 2])
    func membership(_ loops: Int) async throws {
        let four = try await Four(loops: loops)
        let root = four.root
        root.to("red").join("green", "lime")
        root.to("green").emit(event, "1")
        #expect(try await four.receivers(#"42["e","1"]"#) == "ab")
        #expect(await four.sockets[1].rooms() == ["red", "blue", "green", "lime"])
        root.to("blue").leave("green", "blue")
        root.to("green", "blue").emit(event, "2")
        #expect(try await four.receivers(#"42["e","2"]"#) == "a")
        root.to("red").disconnect()
        #expect(try await four.receivers("41") == "ab")
        #expect(root.socketCount == 2)
        #expect(four.stack.engine.sessionCount == 4)
        root.everyone.disconnect(close: true)
        await four.stack.settle()
        #expect(try await four.clients[2].received() == [.text("41"), .close(nil)])
        #expect(try await four.clients[0].received() == [])
        #expect(root.socketCount == 0)
        #expect(four.stack.engine.sessionCount == 2)
    }

    @Test("nobody is in a room twice, and a left room is left")
    func twice() async throws {
        let four = try await Four(loops: 1)
        four.sockets[0].join("red")
        four.sockets[0].leave("nobody")
        four.root.to("red").emit(event, "1")
        #expect(try await four.receivers(#"42["e","1"]"#) == "ab")
        four.sockets[0].leave("red")
        four.root.to("red").emit(event, "2")
        #expect(try await four.receivers(#"42["e","2"]"#) == "b")
    }

    @Test("rooms belong to one namespace")
    func namespaces() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        let other = stack.io.namespace("/other")
        root.onConnect { $0.join("red") }
        other.onConnect { $0.join("red") }
        let client = try await stack.client()
        try await client.join("/other")
        other.to("red").emit(event, "1")
        root.to("red").emit(event, "2")
        #expect(try await client.texts(2) == [#"42/other,["e","1"]"#, #"42["e","2"]"#])
    }

    @Test("a volatile event is dropped for whoever cannot take it at once, the rest waits")
    func volatile() async throws {
        let four = try await Four(loops: 1)
        await four.clients[0].wire.setWritable(false)
        four.root.everyone.volatile.emit(event, "v")
        #expect(try await four.receivers(#"42["e","v"]"#) == "bcd")
        four.root.everyone.emit(event, "kept")
        #expect(try await four.receivers(#"42["e","kept"]"#) == "bcd")
        await four.clients[0].wire.setWritable(true)
        #expect(try await four.clients[0].received() == [.text(#"42["e","kept"]"#)])
    }

    @Test("a volatile event for a polling client needs a held poll")
    func volatilePolling() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        let client = try await stack.polling()
        _ = try await client.send("40")
        #expect(try await client.poll().count == 1)
        root.everyone.volatile.emit(event, "lost")
        await client.beginPoll()
        root.everyone.volatile.emit(event, "taken")
        #expect(try await client.pollAnswer() == [#"42["e","taken"]"#])
    }

    @Test("broadcasts of one sender arrive in their order at everybody", arguments: [1, 2])
    func order(_ loops: Int) async throws {
        let four = try await Four(loops: loops)
        for number in 0..<50 { four.root.to(number % 2 == 0 ? "red" : "blue").emit(event, "\(number)") }
        let expected = (0..<50).map { "42[\"e\",\"\($0)\"]" }
        #expect(try await four.clients[1].texts(50) == expected)
    }

    @Test("a broadcast from a handler comes before what the handler sends afterwards")
    func fromHandler() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        let event = event
        root.on(Event<String>("go")) { socket, _ in
            socket.join("here")
            root.to("here").emit(event, "1")
            socket.emit(event, "2")
            socket.leave("here")
            root.to("here").emit(event, "3")
        }
        let client = try await stack.client()
        await client.send(#"421["go","x"]"#)
        #expect(try await client.received() == [#"42["e","1"]"#, #"42["e","2"]"#, "431[]"].map { .text($0) })
    }
}
