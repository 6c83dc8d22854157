internal import SocketIO
internal import Testing

/// What a person reads who prints an error.
struct ErrorTests {
    @Test(
        "an error says what is wrong, and what to do",
        arguments: [
            (EmitError.reservedName("connect") as any Error, ["\"connect\"", "choose another"]),
            (EmitError.disconnected, ["disconnected", "recovery"]),
            (CallError.timeout, ["timeout", "longer"]),
            (CallError.disconnected, ["disconnected", "call again"]),
            (CallError.tooManyPending, ["maxPendingCalls"]),
            (CallError.unexpectedReply("Expected Int"), ["the request names", "Expected Int"]),
            (ConnectError("not yours"), ["refused: not yours"]),
        ])
    func words(_ error: any Error, _ words: [String]) {
        for word in words { #expect("\(error)".contains(word)) }
    }

    @Test("a refusal does not print the data that go with it")
    func secret() {
        #expect(!"\(ConnectError("no", data: "secret"))".contains("secret"))
    }

    @Test("a rate says which event, and what to change")
    func rate() async throws {
        let stack = Stack(Configuration(eventRate: EventRate(RateLimit(perSecond: 1, burst: 1))))
        let errors = Recorder<String>()
        stack.io.namespace()
            .on(Event<Int>("n")) { _, _ in }
            .onError { _, error in errors.add("\(error)") }
        let client = try await stack.client()
        await client.send("42[\"n\",1]", "42[\"n\",2]")
        let words = await errors.next()
        #expect(words.contains("\"n\"") && words.contains("eventRate"))
    }
}
