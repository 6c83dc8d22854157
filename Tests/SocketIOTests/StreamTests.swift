internal import NIOCore
internal import SocketIOEvents
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Events that one socket's code awaits.
@Suite("Awaited events", .timeLimit(.minutes(5)))
struct StreamTests {
    private static let answer = Event<String>("answer")

    @Test("a handler may hold a dialogue: it awaits the socket's next events")
    func dialogue() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        root.onConnect { socket in
            socket.emit(Event<String>("question"), "name?")
            let name = try await socket.next(Self.answer, timeout: .seconds(5))
            socket.emit(Event<String>("question"), "age, \(name)?")
            let age = try await socket.next(Event<Int>("age"), timeout: .seconds(5))
            socket.emit(Event<String, Int>("done"), name, age)
        }
        let client = try await stack.client()
        #expect(try await client.texts(1) == [#"42["question","name?"]"#])
        await client.send(#"421["answer","Ada"]"#)
        #expect(Set(try await client.texts(2)) == ["431[]", #"42["question","age, Ada?"]"#])
        await client.send(#"42["age",36]"#)
        #expect(try await client.texts(1) == [#"42["done","Ada",36]"#])
    }

    @Test("nothing comes in time, or the socket goes")
    func ends() async throws {
        let stack = Stack()
        let seen = Recorder<CallError>()
        let root = stack.io.namespace()
        root.onConnect { socket in
            do {
                _ = try await socket.next(Self.answer, timeout: .seconds(5))
            } catch let error as CallError {
                seen.add(error)
            }
            socket.emit(Event<Int>("again"), 1)
            do {
                _ = try await socket.next(Self.answer, timeout: .seconds(5))
            } catch let error as CallError {
                seen.add(error)
            }
        }
        let client = try await stack.client()
        await stack.advance(by: .seconds(6))
        #expect(try await client.texts(1) == [#"42["again",1]"#])
        #expect(seen.all == [.timeout])
        await client.wire.cut()
        #expect(await seen.next() == .timeout)
        #expect(await seen.next() == .disconnected)
    }

    @Test("a stream yields in order, lets middleware judge, and reports what does not decode")
    func stream() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        let root = stack.io.namespace()
        root.use { _, event, next in
            seen.add("around \(event.name)")
            try await next()
        }
        root.onError { (_, _: any Error, context: ErrorContext) in seen.add("\(context)") }
        root.onConnect { socket in
            for await (name, number) in socket.events(Event<String, Int>("move")) {
                seen.add("\(name) \(number)")
                if number == 2 { break }
            }
            seen.add("after")
        }
        let client = try await stack.client()
        await client.send(#"42["move","n",1]"#, #"42["move",5]"#, #"42["move","s",2]"#)
        for _ in 0..<5 { await stack.settle() }
        #expect(seen.all.filter { $0 == "around move" }.count == 3)
        #expect(seen.all.filter { $0 == #"arguments(event: "move")"# }.count == 1)
        #expect(seen.all.filter { ["n 1", "s 2", "after"].contains($0) } == ["n 1", "s 2", "after"])
    }

    @Test("a reader that lags: the stream fills, then the connection is not read, nothing is lost")
    func backPressure() async throws {
        let stack = Stack(Configuration(maxQueuedEvents: 3))
        let seen = Recorder<Int>()
        let gate = Gate()
        stack.io.namespace().onConnect { socket in
            let numbers = socket.events(Event<Int>("n"), buffer: 2)
            await gate.wait()
            for await number in numbers { seen.add(number) }
        }
        let client = try await stack.client()
        await client.send((0..<4).map { .text("42[\"n\",\($0)]") })
        #expect(client.wire.isRead)
        await client.send((4..<12).map { .text("42[\"n\",\($0)]") })
        #expect(!client.wire.isRead)
        gate.open()
        for number in 0..<12 { #expect(await seen.next() == number) }
        for _ in 0..<5 { await stack.settle() }
        #expect(client.wire.isRead)
    }
}
