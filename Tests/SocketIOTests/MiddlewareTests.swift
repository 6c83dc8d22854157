internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// What wraps every event of a namespace.
@Suite("Middleware", .timeLimit(.minutes(5)))
struct MiddlewareTests {
    private struct Forbidden: Error {}

    @Test("earlier middleware is around later, and around the handlers")
    func order() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let root = stack.io.namespace()
        root.use { _, event, next in
            seen.add("1 \(event.name)")
            try await next()
            seen.add("1 after")
        }
        root.use { _, _, next in
            seen.add("2")
            try await next()
            seen.add("2 after")
        }
        root.onAny { _, _ in seen.add("any") }
        root.on(Event<Int>("e").returning(Int.self)) { _, number in
            seen.add("handler")
            return number
        }
        let client = try await stack.client()
        await client.send(#"421["e",5]"#)
        #expect(try await client.texts(1) == ["431[5]"])
        #expect(seen.all == ["1 e", "2", "any", "handler", "2 after", "1 after"])
    }

    @Test("middleware that throws keeps the handlers from running; the error is reported and acknowledged")
    func refusal() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let root = stack.io.namespace()
        root.use { _, event, next in
            guard event.name != "admin" else { throw Forbidden() }
            try await next()
        }
        root.onError { _, error in seen.add("\(type(of: error))") }
        root.ackErrors { $0 is Forbidden ? try? EncodedArguments("forbidden") : nil }
        root.on(Event<Int>("admin")) { _, _ in seen.add("admin") }
        root.on(Event<Int>("other")) { _, _ in seen.add("other") }
        let client = try await stack.client()
        await client.send(#"421["admin",1]"#, #"422["other",1]"#)
        #expect(try await client.texts(2) == [#"431["forbidden"]"#, "432[]"])
        #expect(seen.all == ["Forbidden", "other"])
    }

    @Test("middleware that does not go on swallows the event, and its ack")
    func swallowed() async throws {
        let stack = Stack()
        let seen = Recorder<Int>()
        let root = stack.io.namespace()
        root.use { _, _, _ in }
        root.on(Event<Int>("e")) { _, number in seen.add(number) }
        let client = try await stack.client()
        await client.send(#"421["e",1]"#)
        #expect(try await client.received() == [])
        #expect(seen.all.isEmpty)
    }

    @Test("middleware is asked for events only, not for acks nor for joining")
    func eventsOnly() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let root = stack.io.namespace()
        root.use { _, event, next in
            seen.add(event.name)
            try await next()
        }
        root.on(Event<Int>("e")) { socket, _ in
            seen.add("asked")
            let answer = try await socket.call(Request<Int>("q"), timeout: .seconds(1))
            seen.add("\(answer)")
        }
        let client = try await stack.client()
        await client.send(#"42["e",1]"#)
        #expect(try await client.texts(1) == [#"420["q"]"#])
        await client.send("430[6]")
        #expect(seen.all == ["e", "asked", "6"])
    }
}
