internal import NIOCore
internal import SocketIOCore
internal import SocketIOEvents
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Listeners that come, go, run side by side and watch what is sent.
@Suite("Listeners", .timeLimit(.minutes(5)))
struct ListenerTests {
    private static let e = Event<Int>("e")

    @Test("prepended listeners come first; removed ones not at all")
    func prependAndRemove() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let token = ListenerToken()
        let root = stack.io.namespace()
        root.on(Self.e) { _, _ in seen.add("second") }
        root.on(Self.e, .prepended) { _, _ in seen.add("first") }
        root.on(Self.e, .removable(by: token)) { _, _ in seen.add("removable") }
        root.on(Event<Int>("f"), .removable(by: token)) { _, _ in seen.add("f") }
        root.onAny { _, _ in seen.add("any") }
        root.onAny(.init(isPrepended: true, token: token)) { _, _ in seen.add("any first") }
        #expect(root.eventNames == ["e", "f"])
        let client = try await stack.client()
        await client.send(#"42["e",1]"#)
        #expect(seen.all == ["any first", "any", "first", "second", "removable"])
        root.off(token)
        #expect(root.eventNames == ["e"])
        await client.send(#"42["e",1]"#, #"421["f",1]"#)
        #expect(seen.all.dropFirst(5) == ["any", "first", "second", "any"])
        root.off(Self.e)
        #expect(root.eventNames.isEmpty)
        await client.send(#"42["e",1]"#)
        #expect(seen.all.dropFirst(9) == ["any"])
        root.removeAllListeners()
        await client.send(#"42["e",1]"#)
        #expect(seen.all.count == 10)
        #expect(try await client.received() == [])
    }

    @Test("onAnyOutgoing sees emits, requests and broadcasts of each socket; not acks")
    func outgoing() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let token = ListenerToken()
        let root = stack.io.namespace()
        root.onAnyOutgoing { _, event in
            seen.add(
                "\(event.name) \(String(decoding: event.arguments.json, as: UTF8.self)) \(event.wantsAck)")
        }
        root.onAnyOutgoing(.init(isPrepended: true, token: token)) { _, event in seen.add("first") }
        root.on(Event<Int>("go").returning(Int.self)) { socket, number in
            socket.emit(Self.e, number)
            let answer = try await socket.call(Request<Int>("q"), timeout: .seconds(1))
            return answer
        }
        let client = try await stack.client()
        let other = try await stack.client()
        await client.send(#"427["go",1]"#)
        await client.send("430[9]")
        #expect(try await client.texts(3) == [#"42["e",1]"#, #"420["q"]"#, "437[9]"])
        #expect(seen.all == ["first", "e 1 false", "first", "q  true"])
        root.off(token)
        root.emit(Self.e, 5)
        #expect(try await other.texts(1) == [#"42["e",5]"#])
        #expect(seen.all.dropFirst(4) == ["e 5 false", "e 5 false"])
    }

    @Test("a socket that goes tells its rooms first, then its end")
    func disconnecting() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let root = stack.io.namespace()
        root.onConnect { $0.join("a", "b") }
        root.onDisconnecting { socket, reason, rooms in
            seen.add("\(reason) \(rooms.map(\.name).sorted())")
            socket.to("a").emit(Self.e, 1)
            // What it does to itself does not happen twice.
            socket.disconnect()
        }
        root.onDisconnect { _, reason in seen.add("gone \(reason)") }
        let client = try await stack.client()
        let other = try await stack.client()
        await client.send("41")
        #expect(
            seen.all == [
                #"client namespace disconnect ["a", "b"]"#, "gone client namespace disconnect",
            ])
        #expect(try await other.texts(1) == [#"42["e",1]"#])
    }

    @Test("errors come with the place where they happened")
    func contexts() async throws {
        struct Failure: Error {}
        let stack = Stack()
        let seen = Recorder<String>()
        let root = stack.io.namespace()
        root.onConnect { _ in throw Failure() }
        root.on(Self.e) { _, _ in throw Failure() }
        root.onError { (_, error: any Error, context: ErrorContext) in
            seen.add("\(type(of: error)) \(context)")
        }
        root.ackErrors { try? EncodedArguments("\(type(of: $0))") }
        let client = try await stack.client()
        await client.send(#"421["e",1]"#, #"422["e","x"]"#)
        #expect(try await client.texts(2) == [#"431["Failure"]"#, #"432["DecodingError"]"#])
        await client.send("49")
        #expect(
            seen.all == [
                "Failure connecting", #"Failure event("e")"#, #"DecodingError arguments(event: "e")"#,
                "SocketIOViolation packet",
            ])
    }

    @Test("a concurrent listener runs so many calls at a time; other events do not wait, the end does")
    func concurrent() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let gates = (0..<4).map { _ in Gate() }
        let root = stack.io.namespace()
        root.on(Self.e.returning(Int.self), .concurrent(limit: 2)) { _, number in
            seen.add("begin \(number)")
            await gates[number].wait()
            return number
        }
        root.on(Event<Int>("serial")) { _, number in seen.add("serial \(number)") }
        root.onDisconnect { _, _ in seen.add("gone") }
        let client = try await stack.client()
        await client.send(#"420["e",0]"#, #"42["serial",1]"#, #"421["e",1]"#, #"422["e",2]"#)
        await client.send(#"42["serial",2]"#)
        #expect(seen.all == ["begin 0", "serial 1", "begin 1"])
        gates[1].open()
        #expect(try await client.texts(1) == ["431[1]"])
        await stack.settle()
        #expect(seen.all.dropFirst(3) == ["begin 2", "serial 2"])
        await client.send("41")
        #expect(seen.all.count == 5)
        gates[0].open()
        gates[2].open()
        await stack.settle()
        #expect(seen.all.dropFirst(5) == ["gone"])
    }
}
