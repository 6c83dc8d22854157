internal import ChatDomain
internal import ChatService
internal import NIOCore
internal import Synchronization
internal import Testing

/// The same bytes through the running server: what goes in at Alice's connection comes out at Bob's.
@Suite("The same journey through the running server", .timeLimit(.minutes(5)))
struct RunningServerTests {
    @Test("the frame goes in; msg comes out at both members, and the ack at the sender")
    func wholeWay() async throws {
        let server = try await JourneyServer()
        let alice = try await server.connect(server.journey.alice)
        let bob = try await server.connect(server.journey.bob)
        await alice.send(FixedMessage.frame)
        let atBob = try await bob.frame()
        #expect(atBob.header == FixedMessage.announcedHeader)
        #expect(try canonical(atBob.payload) == FixedMessage.announced)
        let atAlice = try await alice.frame()
        #expect(atAlice.payload == atBob.payload, "one encoding for everybody")
        let ack = try await alice.frame()
        #expect(ack.header == FixedMessage.acknowledgedHeader)
        #expect(try canonical(ack.payload) == FixedMessage.acknowledged)
        #expect(try await server.journey.messagesOnDisk().last?.body == FixedMessage.body)
        #expect(try await bob.rest() == [])
        #expect(try await alice.rest() == [])
        try await server.journey.remove()
    }

    @Test("byte by byte it is the same journey")
    func inPieces() async throws {
        let server = try await JourneyServer()
        let alice = try await server.connect(server.journey.alice)
        let bob = try await server.connect(server.journey.bob)
        for byte in FixedMessage.frame { await alice.send([byte]) }
        #expect(try canonical(try await bob.frame().payload) == FixedMessage.announced)
        _ = try await alice.frame()
        #expect(try canonical(try await alice.frame().payload) == FixedMessage.acknowledged)
        try await server.journey.remove()
    }

    @Test("before the commit nobody hears anything; the ack comes when the store returned, not before")
    func ackMeansOnDisk() async throws {
        let server = try await JourneyServer()
        let alice = try await server.connect(server.journey.alice)
        let bob = try await server.connect(server.journey.bob)
        let (before, after) = (Gate(), Gate())
        server.journey.store.before.withLock { $0 = before }
        server.journey.store.after.withLock { $0 = after }

        await alice.send(FixedMessage.frame)
        await before.reached()
        #expect(try await server.journey.messagesOnDisk().count == 2)
        #expect(try await alice.rest() == [])
        #expect(try await bob.rest() == [])

        before.open()
        await after.reached()
        // Committed: the row is in the files, the others have it, the sender has no ack yet.
        #expect(try await server.journey.messagesOnDisk().last?.body == FixedMessage.body)
        #expect(try canonical(try await bob.frame().payload) == FixedMessage.announced)
        #expect(try canonical(try await alice.frame().payload) == FixedMessage.announced)
        #expect(try await alice.rest() == [])

        after.open()
        #expect(try canonical(try await alice.frame().payload) == FixedMessage.acknowledged)
        try await server.journey.remove()
    }

    @Test("the same frame again is the same message: the ack says so, nobody else hears of it")
    func again() async throws {
        let server = try await JourneyServer()
        let alice = try await server.connect(server.journey.alice)
        let bob = try await server.connect(server.journey.bob)
        await alice.send(FixedMessage.frame)
        _ = (try await alice.frame(), try await alice.frame(), try await bob.frame())
        await alice.send(FixedMessage.frame)
        let ack = try canonical(try await alice.frame().payload)
        #expect(ack == FixedMessage.acknowledged.replacing(#""dup":false"#, with: #""dup":true"#))
        #expect(try await bob.rest() == [])
        #expect(try await server.journey.messagesOnDisk().count == 3)
        try await server.journey.remove()
    }
}
