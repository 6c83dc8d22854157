internal import EngineIO
internal import NIOCore
internal import SocketIOEvents
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// How many events a socket may send.
@Suite("Event rates", .timeLimit(.minutes(5)))
struct RateTests {
    private static func stack(_ rate: EventRate, _ seen: Recorder<String>) -> Stack {
        let stack = Stack(Configuration(eventRate: rate))
        let root = stack.io.namespace()
        root.on(Event<Int>("e")) { _, number in seen.add("e \(number)") }
        root.on(Event<Int>("typing")) { _, number in seen.add("typing \(number)") }
        root.on(Event<Int>("dropped").returning(Int.self)) { socket, _ in socket.droppedEvents }
        root.onError { (_, error: any Error, context: ErrorContext) in
            seen.add("\(context) \((error as? RateLimitExceeded)?.dropped ?? 0)")
        }
        root.onDisconnect { _, reason in seen.add("\(reason)") }
        root.ackErrors {
            ($0 as? RateLimitExceeded).flatMap { try? EncodedArguments("slow down", $0.dropped) }
        }
        return stack
    }

    @Test("what is over the rate is dropped, counted, acknowledged as refused and told once; time helps")
    func dropped() async throws {
        let seen = Recorder<String>()
        let stack = Self.stack(EventRate(RateLimit(perSecond: 2, burst: 3)), seen)
        let client = try await stack.client()
        await client.send((0..<6).map { .text("42\($0)[\"e\",\($0)]") })
        #expect(
            try await client.texts(6) == [
                "430[]", "431[]", "432[]", #"433["slow down",1]"#, #"434["slow down",2]"#,
                #"435["slow down",3]"#,
            ])
        #expect(Set(seen.all) == ["e 0", "e 1", "e 2", #"rateLimit(event: "e") 1"#])
        await stack.advance(by: .milliseconds(499))
        await client.send(#"42["e",6]"#)
        #expect(seen.all.count == 4)
        await stack.advance(by: .milliseconds(1_000))
        await client.send(#"42["e",7]"#, #"429["dropped",0]"#)
        #expect(try await client.texts(1) == ["439[4]"])
        #expect(seen.all.contains("e 7"))
    }

    @Test("an event may have a rate of its own, which others do not use up")
    func own() async throws {
        let seen = Recorder<String>()
        let rate = EventRate(
            RateLimit(perSecond: 1, burst: 2), events: ["typing": RateLimit(perSecond: 1, burst: 1)])
        let stack = Self.stack(rate, seen)
        let client = try await stack.client()
        await client.send(#"42["typing",1]"#, #"42["typing",2]"#, #"42["e",1]"#, #"42["e",2]"#)
        #expect(Set(seen.all) == ["typing 1", "e 1", "e 2", #"rateLimit(event: "typing") 1"#])
    }

    @Test("who does not stop is disconnected")
    func closed() async throws {
        let seen = Recorder<String>()
        let stack = Self.stack(EventRate(RateLimit(perSecond: 1, burst: 1), disconnectAfter: 5), seen)
        let client = try await stack.client()
        await client.send((0..<50).map { .text("42[\"e\",\($0)]") })
        #expect(stack.engine.sessionCount == 0)
        #expect(seen.all.last == "rate limited")
        #expect(seen.all.count == 3)
    }
}
