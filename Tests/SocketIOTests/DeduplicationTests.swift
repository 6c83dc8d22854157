internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// Events that clients send again until they are acknowledged.
@Suite("Repetitions", .timeLimit(.minutes(1)))
struct DeduplicationTests {
    private struct Note: Codable, Sendable {
        var id: String?
        var text: String
    }

    private struct User: Codable, Sendable {
        var name: String
    }

    private struct Failed: Error {}

    private func place() -> (Stack, Namespace<User>, Recorder<String>) {
        let stack = Stack()
        let root = stack.io.namespace("/") { try $0.auth(User.self) }
        let handled = Recorder<String>()
        root.on(Event<Note>("send").returning(String.self)) { _, note in
            handled.add(note.text)
            return "got \(note.text) \(handled.all.count)"
        }
        root.deduplicate("send", by: .field("id"), capacity: 2, scopes: 2) { $0.state.name }
        return (stack, root, handled)
    }

    @Test("a repetition gets the first answer and is not handled, after a reconnect too")
    func repetition() async throws {
        let (stack, _, handled) = place()
        let client = try await stack.client(auth: #"{"name":"ann"}"#)
        await client.send(#"420["send",{"id":"a","text":"x"}]"#, #"421["send",{"id":"a","text":"x"}]"#)
        #expect(try await client.texts(2) == [#"430["got x 1"]"#, #"431["got x 1"]"#])
        await client.wire.cut()
        let again = try await stack.client(auth: #"{"name":"ann"}"#)
        await again.send(#"420["send",{"id":"a","text":"x"}]"#, #"421["send",{"id":"b","text":"y"}]"#)
        #expect(try await again.texts(2) == [#"430["got x 1"]"#, #"431["got y 2"]"#])
        #expect(handled.all == ["x", "y"])
    }

    @Test("another user's id is another id; what has no id is always new")
    func scopes() async throws {
        let (stack, _, handled) = place()
        let ann = try await stack.client(auth: #"{"name":"ann"}"#)
        let bob = try await stack.client(auth: #"{"name":"bob"}"#)
        await ann.send(#"420["send",{"id":"a","text":"x"}]"#)
        _ = try await ann.texts(1)
        await bob.send(#"420["send",{"id":"a","text":"x"}]"#)
        #expect(try await bob.texts(1) == [#"430["got x 2"]"#])
        await bob.send(#"421["send",{"text":"z"}]"#, #"422["send",{"text":"z"}]"#)
        _ = try await bob.texts(2)
        #expect(handled.all == ["x", "x", "z", "z"])
    }

    @Test("as many ids as allowed are remembered, those used last")
    func bounded() async throws {
        let (stack, _, handled) = place()
        let client = try await stack.client(auth: #"{"name":"ann"}"#)
        for (number, id) in ["a", "b", "a", "c", "a", "b"].enumerated() {
            await client.send(#"42\#(number)["send",{"id":"\#(id)","text":"\#(id)"}]"#)
            _ = try await client.texts(1)
        }
        #expect(handled.all == ["a", "b", "c", "b"])
    }

    @Test("a repetition of what is being handled waits for its answer")
    func inProgress() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        let gate = Gate()
        let handled = Recorder<String>()
        root.on(Event<String>("send").returning(Int.self)) { _, id in
            handled.add(id)
            await gate.wait()
            return 1
        }
        root.deduplicate("send", by: .firstArgument) { _ in "all" }
        let first = try await stack.client()
        let second = try await stack.client()
        await first.send(#"420["send","a"]"#)
        _ = await handled.next()
        await second.send(#"425["send","a"]"#)
        await stack.settle()
        #expect(try await second.received() == [])
        gate.open()
        #expect(try await first.texts(1) == ["430[1]"])
        #expect(try await second.texts(1) == ["435[1]"])
        #expect(handled.all == ["a"])
    }

    @Test("what failed is handled again")
    func failure() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        let handled = Recorder<String>()
        root.on(Event<String>("send").returning(Int.self)) { _, id in
            handled.add(id)
            if handled.all.count == 1 { throw Failed() }
            return 2
        }
        root.deduplicate("send", by: .firstArgument) { _ in "all" }
        let client = try await stack.client()
        await client.send(#"420["send","a"]"#, #"421["send","a"]"#, #"422["send","a"]"#)
        #expect(try await client.texts(2) == ["431[2]", "432[2]"])
        #expect(handled.all == ["a", "a"])
    }

    @Test(
        "numbers and texts are different keys; anything else is none",
        arguments: [("1", "1"), (#""1""#, "\"1"), ("1.5", nil), ("null", nil), ("{}", nil), ("", nil)]
            as [(String, String?)])
    func keys(_ json: String, _ key: String?) {
        let arguments = EventArguments(EncodedArguments(json: Array(json.utf8)))
        #expect(DeduplicationKey.firstArgument.read(arguments) == key)
        let object = EventArguments(
            EncodedArguments(json: Array(#"{"id":\#(json.isEmpty ? "[]" : json)}"#.utf8)))
        #expect(DeduplicationKey.field("id").read(object) == key)
        #expect(DeduplicationKey.field("other").read(object) == nil)
    }
}
