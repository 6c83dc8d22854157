internal import NIOCore
internal import Testing

@testable internal import SocketIOClient

@Suite(.timeLimit(.minutes(5))) struct EventBufferTests {
    private func event(_ name: String) -> ClientEvent {
        ClientEvent(
            name: name,
            arguments: EventArguments(packet: ByteBuffer(), range: 0..<0, count: 0, attachments: []),
            ackID: nil)
    }

    @Test func eventsComeInOrderAndTheEndComesLast() async {
        let buffer = EventBuffer(capacity: 10)
        await buffer.deliver(event("a"))
        await buffer.deliver(event("b"))
        buffer.finish()
        #expect(await buffer.next()?.name == "a")
        #expect(await buffer.next()?.name == "b")
        #expect(await buffer.next()?.name == nil)
        // Nobody listens any more: delivering does not wait.
        await buffer.deliver(event("c"))
    }

    @Test func aFullBufferHoldsTheProducer() async {
        let buffer = EventBuffer(capacity: 2)
        let delivered = Signals<Int>()
        async let producing: Void = {
            for number in 0..<6 {
                await buffer.deliver(event("\(number)"))
                delivered.send(number)
            }
        }()
        for number in 0..<6 { #expect(await buffer.next()?.name == "\(number)") }
        await producing
        #expect(await delivered.next(6) == Array(0..<6))
    }

    @Test func aCancelledConsumerGetsNothing() async {
        let buffer = EventBuffer(capacity: 1)
        let task = Task { await buffer.next() == nil }
        task.cancel()
        #expect(await task.value)
    }

    @Test func theEndReleasesTheProducer() async {
        let buffer = EventBuffer(capacity: 1)
        async let producing: Void = buffer.deliver(event("a"))
        buffer.finish()
        await producing
    }
}
