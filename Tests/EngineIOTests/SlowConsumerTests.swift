internal import EngineIOProtocol
internal import NIOCore
internal import NIOEmbedded
internal import Testing

@testable internal import EngineIO

/// The outbox by itself, and what becomes of clients that do not empty it.
struct SlowConsumerTests {
    private static func text(_ count: Int, _ byte: UInt8 = 0x34) -> OutgoingPacket {
        .text(Array(repeating: byte, count: count))
    }

    private static func bytes(_ entries: [OutboxEntry]) -> [Int] { entries.map(\.packet.byteCount) }

    // MARK: - The outbox

    /// An outbox behind a reference, so that it can be asked inside an expectation.
    private final class OutboxUnderTest {
        var outbox = Outbox()

        func append(_ count: Int, _ options: SendOptions = []) {
            outbox.append(SlowConsumerTests.text(count), options)
        }

        func take(upTo bytes: Int) -> [Int] { SlowConsumerTests.bytes(outbox.take(upTo: bytes)) }

        func takeAll() -> [Int] { SlowConsumerTests.bytes(outbox.takeAll()) }

        func drop() -> Bool { outbox.dropOldestVolatile() }
    }

    @Test("Pieces: in order, at least one packet, attachments with their packet")
    func pieces() {
        let test = OutboxUnderTest()
        #expect(test.take(upTo: 10) == [])
        for count in [4, 4, 4, 30, 1, 3] { test.append(count) }
        test.append(20, .follows)
        test.append(2)
        #expect(test.outbox.byteCount == 68 && test.outbox.count == 8)
        #expect(test.take(upTo: 10) == [4, 4])
        #expect(test.take(upTo: 10) == [4])
        #expect(test.take(upTo: 10) == [30])
        #expect(test.take(upTo: 4) == [1, 3, 20])
        #expect(test.outbox.byteCount == 2 && test.outbox.count == 1)
        test.append(5)
        #expect(test.takeAll() == [2, 5])
        #expect(test.outbox.isEmpty && test.outbox.byteCount == 0)
    }

    @Test("What may be dropped goes oldest first, attachments with their packet, and nothing else")
    func dropping() {
        let test = OutboxUnderTest()
        test.append(1)
        #expect(!test.drop())
        test.append(2, .volatile)
        test.append(3, [.volatile, .follows])
        test.append(4)
        test.append(5, .volatile)
        #expect(test.take(upTo: 1) == [1])
        #expect(test.drop())
        #expect(test.outbox.byteCount == 9 && test.outbox.count == 2)
        #expect(test.drop())
        #expect(!test.drop())
        #expect(test.takeAll() == [4])
    }

    @Test("Pieces and drops in any order lose nothing else", arguments: SeededGenerator.seeds)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var outbox = Outbox()
            var sent: [Int] = []
            var taken: [Int] = []
            for number in 1...60 {
                let isVolatile = Bool.random(using: &random)
                outbox.append(Self.text(number), isVolatile ? .volatile : [])
                if !isVolatile { sent.append(number) }
                switch Int.random(in: 0..<4, using: &random) {
                case 0: taken += Self.bytes(outbox.take(upTo: Int.random(in: 0...200, using: &random)))
                case 1: _ = outbox.dropOldestVolatile()
                default: break
                }
            }
            taken += Self.bytes(outbox.takeAll())
            #expect(taken == taken.sorted() && outbox.byteCount == 0, "seed \(seed)")
            #expect(Set(taken).isSuperset(of: sent), "seed \(seed)")
        }
    }

    // MARK: - Sessions

    @Test("A long outbox leaves in pieces, all of it")
    func longOutbox() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            let session = try server.session
            for number in 0..<100 { session.send(Self.text(10_000, UInt8(number))) }
            #expect(wire.frames().map { $0.payload[0] } == (0..<100).map { UInt8($0) })
            #expect(session.outboxStatistics.queuedBytes == 0)
        }
    }

    @Test("Senders wait above the high watermark and go on below the low one")
    func watermarks() throws {
        var configuration = EngineConfiguration()
        configuration.outbox = OutboxPolicy(lowWatermark: 100, highWatermark: 1_000)
        try TestServer.run(configuration) { server in
            let wire = try server.openWebSocket()
            let session = try server.session
            var outcomes: [String] = []
            func ask(_ name: String) {
                let promise = server.loop.makePromise(of: Void.self)
                promise.futureResult.assumeIsolated().whenComplete { result in
                    if case .success = result {
                        outcomes.append(name)
                    } else {
                        outcomes.append("not \(name)")
                    }
                }
                session.whenWritable(promise)
                server.loop.run()
            }
            wire.setWritable(false)
            session.send(Self.text(1_000))
            ask("a")
            #expect(outcomes == ["a"])
            session.send(Self.text(1))
            ask("b")
            #expect(outcomes == ["a"])
            #expect(
                session.outboxStatistics
                    == OutboxStatistics(queuedBytes: 1_001, queuedPackets: 2, droppedPackets: 0))
            wire.setWritable(true)
            #expect(outcomes == ["a", "b"])
            wire.setWritable(false)
            session.send(Self.text(1_001))
            ask("c")
            wire.drop()
            ask("d")
            #expect(outcomes == ["a", "b", "not c", "not d"])
        }
    }

    @Test("A WebSocket that makes no progress is given up after a time")
    func standstill() throws {
        var configuration = EngineConfiguration()
        configuration.outbox.maxStalled = .seconds(3)
        try TestServer.run(configuration) { server in
            let wire = try server.openWebSocket()
            let session = try server.session
            wire.setWritable(false)
            session.send(Self.text(1))
            server.advance(2_900)
            // Writable for a moment is progress.
            wire.setWritable(true)
            #expect(wire.frames().count == 1)
            wire.setWritable(false)
            session.send(Self.text(1))
            server.advance(2_900)
            #expect(server.application.takeEvents() == ["open"])
            server.advance(200)
            #expect(server.application.takeEvents() == ["closed slow consumer"])
            #expect(wire.frames().map(\.closeCode) == [1008])
            server.advance(5_100)
            #expect(!wire.isOpen)
        }
    }

    @Test("Above the limit the oldest volatile packets make room, where the policy says so")
    func overflow() throws {
        var configuration = EngineConfiguration(maxOutboxBytes: 300)
        configuration.outbox.overflow = .dropVolatile
        try TestServer.run(configuration) { server in
            let wire = try server.openWebSocket()
            let session = try server.session
            // All in one tick: what is sent first waits for its end, so that the second is dropped at once.
            session.sendVolatile([Self.text(100, 1), .binary([9])])
            session.sendVolatile([Self.text(100, 2)])
            #expect(session.outboxStatistics.droppedPackets == 1)
            session.send(Self.text(100, 3))
            session.send(Self.text(120, 4))
            #expect(session.outboxStatistics.droppedPackets == 2)
            #expect(wire.frames().map { $0.payload[0] } == [3, 4])
            wire.setWritable(false)
            session.sendVolatile([Self.text(1)])
            #expect(session.outboxStatistics.droppedPackets == 3)
            session.send(Self.text(301))
            #expect(server.application.takeEvents() == ["open", "closed slow consumer"])
        }
    }

    // MARK: - Heartbeats of those that are not read

    @Test("Who is not read is pinged and kept, and has to answer when read again")
    func pausedHeartbeat() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            let session = try server.session
            session.pauseReading()
            server.advance(200_000)
            #expect(wire.packets() == Array(repeating: "2", count: 8))
            #expect(server.application.takeEvents() == ["open"])
            session.resumeReading()
            server.advance(19_000)
            wire.send(Frame.client(Frame.text, "3"))
            server.advance(2_000)
            #expect(server.application.takeEvents() == [])
            session.pauseReading()
            server.advance(30_000)
            session.resumeReading()
            server.advance(20_100)
            #expect(server.application.takeEvents() == ["closed ping timeout"])
        }
    }

    @Test("A held POST does not cost the session")
    func pausedPolling() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            let poll = try server.connect()
            try server.session.pauseReading()
            wire.post(sid, "4a")
            for _ in 0..<4 {
                poll.get("EIO=4&transport=polling&sid=\(sid)")
                server.advance(25_100)
                #expect(poll.answer()?.body == "2")
            }
            try server.session.resumeReading()
            #expect(wire.answer()?.body == "ok")
            wire.post(sid, "3")
            #expect(wire.answer()?.body == "ok")
            server.advance(10_000)
            #expect(server.engine.sessionCount == 1)
        }
    }
}
