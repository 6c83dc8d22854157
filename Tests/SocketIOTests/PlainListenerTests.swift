internal import SocketIOCore
internal import SocketIOEvents
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Listeners that cannot wait, which are called without a task, beside those that can.
@Suite("Listeners that cannot wait", .timeLimit(.minutes(5)))
struct PlainListenerTests {
    private struct Failure: Error {}

    @Test("they take their turn behind a listener that waits")
    func order() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let gate = Gate()
        let root = stack.io.namespace()
        root.on(Event<Int>("slow")) { _, number in
            seen.add("slow \(number)")
            await gate.wait()
            seen.add("done \(number)")
        }
        root.on(Event<Int>("quick")) { _, number in seen.add("quick \(number)") }
        let client = try await stack.client()
        await client.send(#"42["quick",1]"#, #"42["slow",2]"#, #"423["quick",3]"#)
        #expect(seen.all == ["quick 1", "slow 2"])
        gate.open()
        #expect(try await client.texts(1) == ["433[]"])
        #expect(seen.all == ["quick 1", "slow 2", "done 2", "quick 3"])
    }

    @Test("what they throw is told, and what comes after waits for whoever is told")
    func errors() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let gate = Gate()
        let root = stack.io.namespace()
        root.on(Event<Int>("bad")) { _, _ in throw Failure() }
        root.on(Event<Int>("quick")) { _, number in seen.add("quick \(number)") }
        root.onError { (_, error: any Error, context: ErrorContext) in
            seen.add("\(type(of: error)) \(context)")
            await gate.wait()
            seen.add("told")
        }
        root.ackErrors { try? EncodedArguments("\(type(of: $0))") }
        let client = try await stack.client()
        await client.send(#"421["bad",1]"#, #"422["quick",2]"#)
        #expect(seen.all.count == 1)
        gate.open()
        #expect(try await client.texts(2) == [#"431["Failure"]"#, "432[]"])
        #expect(seen.all.dropFirst() == ["told", "quick 2"])
    }

    @Test("one that ends its socket is followed by the disconnect handler, and by no event")
    func leaving() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let root = stack.io.namespace()
        root.on(Event<Int>("leave")) { socket, _ in
            socket.disconnect()
            seen.add("left")
        }
        root.onDisconnect { _, reason in seen.add("\(reason)") }
        let client = try await stack.client()
        await client.send(#"42["leave",1]"#, #"42["leave",2]"#)
        #expect(seen.all == ["left", "server namespace disconnect"])
    }

    @Test("a middleware, or a catch-all listener that waits, makes them wait too")
    func waitingOnTheWay() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let gate = Gate()
        let root = stack.io.namespace()
        root.on(Event<Int>("quick")) { _, number in seen.add("quick \(number)") }
        root.onAny { _, _ in
            await gate.wait()
            seen.add("any")
        }
        let client = try await stack.client()
        await client.send(#"421["quick",1]"#)
        #expect(seen.all.isEmpty)
        gate.open()
        #expect(try await client.texts(1) == ["431[]"])
        #expect(seen.all == ["any", "quick 1"])
    }
}
