internal import EngineIO
internal import SocketIO
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

/// Many of everything: requests, packets, namespaces, rooms, acks, half-open states (docs/threat-model.md, floods).
@Suite("Floods", .serialized, .timeLimit(.minutes(2)))
struct FloodTests {
    @Test("More namespaces on one connection than it may have end it")
    func namespaces() async throws {
        try await HostileServer.run(
            setUp: { io in _ = io.namespaces { $0.hasPrefix("/room-") } },
            { server in
                let peer = try await server.joined()
                for number in 0..<100 { await peer.send(.text("40/room-\(number),")) }
                #expect(await server.nextReason() == .forcedServerClose)
                let frames = await peer.framesToTheEnd()
                #expect(frames.count <= 33)
            })
    }

    @Test("Invented namespaces are refused one by one and leave nothing")
    func inventedNamespaces() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            for number in 0..<500 {
                await peer.send(.text("40/nowhere-\(number),"))
                #expect(
                    await peer.frame() == .text("44/nowhere-\(number),{\"message\":\"Invalid namespace\"}"))
            }
            #expect(await peer.isAnswered(1))
        }
    }

    @Test("A client that leaves and joins a namespace again and again leaves no sockets behind")
    func joinAndLeave() async throws {
        try await HostileServer.run(
            setUp: { io in io.namespace("/other").on(raw: "x") { _, _ in nil } },
            { server in
                let peer = try await server.joined()
                for _ in 0..<300 {
                    try await peer.join("/other")
                    await peer.send(.text("41/other,"))
                }
                #expect(await peer.isAnswered(1))
                #expect(await server.io.namespace("/other").everyone.sockets().isEmpty)
            })
    }

    @Test("Rooms of a socket are gone with it, however many they were")
    func rooms() async throws {
        try await HostileServer.run(
            setUp: { io in
                io.namespace().on(Event<String>("join")) { socket, room in socket.join(Room(room)) }
            },
            { server in
                let peer = try await server.joined()
                for number in 0..<2_000 { await peer.send(.text("42[\"join\",\"r\(number)\"]")) }
                #expect(await peer.isAnswered(1))
                #expect(await server.io.namespace().to("r1999").sockets().count == 1)
                peer.close()
                try await server.until { $0.sessions == 1 }
                #expect(await server.io.namespace().to("r1999").sockets().isEmpty)
            })
    }

    @Test("Events whose answers are not read end the connection as a slow consumer, at a bound")
    func unreadAnswers() async throws {
        try await HostileServer.run(HostileServer.brief { $0.engine.maxOutboxBytes = 1 << 20 }) { server in
            let peer = try await server.joined()
            await peer.read(false)
            let event = ClientFrame.text("421[\"echo\",\"\(String(repeating: "z", count: 60_000))\"]").bytes
            for _ in 0..<400 { await peer.begin(event) }
            #expect(await server.nextReason() == .slowConsumer)
            #expect(try await server.unwrittenBytes() < 4 << 20)
        }
    }

    @Test("Handlers that lag stop the reading; nothing piles up and nothing is lost")
    func laggingHandlers() async throws {
        let (gate, open) = AsyncStream<Void>.makeStream()
        try await HostileServer.run(
            HostileServer.brief { $0.maxQueuedEvents = 8 },
            setUp: { io in
                io.namespace().on(raw: "slow") { _, _ in
                    for await _ in gate { break }
                    return nil
                }
            },
            { server in
                let peer = try await server.joined()
                for number in 0..<500 { await peer.send(.text("42\(number)[\"slow\"]")) }
                for _ in 0..<500 { open.yield() }
                for number in 0..<500 {
                    #expect(await peer.frame() == .text("43\(number)[]"))
                }
            })
    }

    @Test("A rate of events holds, and who goes on ends as rate limited")
    func eventRate() async throws {
        let configuration = HostileServer.brief {
            $0.eventRate = EventRate(RateLimit(perSecond: 1, burst: 5), disconnectAfter: 50)
        }
        try await HostileServer.run(configuration) { server in
            let peer = try await server.joined()
            for number in 0..<200 { await peer.send(.text("42\(number)[\"echo\"]")) }
            #expect(await server.nextReason() == .rateLimited)
        }
    }

    // MARK: - Polling

    @Test("Two polls at a time, or two POSTs, end the session")
    func overlapping() async throws {
        try await HostileServer.run { server in
            let first = try await server.connect()
            let sid = try await first.openPolling()
            await first.send(Peer.head("GET", "EIO=4&transport=polling&sid=\(sid)"))
            try await server.until { $0.connections >= 1 }
            let second = try await server.connect()
            await second.send(Peer.head("GET", "EIO=4&transport=polling&sid=\(sid)"))
            let answers = [await first.reply()?.status, await second.reply()?.status]
            #expect(Set(answers) == [200, 400])
            try await server.until { $0.sessions == 1 }
        }
    }

    @Test("A poll that is never read, and sessions that are never polled, end with their heartbeat")
    func halfOpen() async throws {
        try await HostileServer.run(HostileServer.hasty()) { server in
            for _ in 0..<50 { _ = try await server.connect().openPolling() }
            #expect(try await server.live().sessions == 51)
            try await server.until { $0.sessions == 1 }
        }
    }

    @Test("Thousands of tiny packets in one POST are refused at the bound")
    func tinyPackets() async throws {
        try await HostileServer.run { server in
            let sid = try await server.connect().openPolling()
            let peer = try await server.connect()
            let body = "40" + String(repeating: "\u{1E}42[\"echo\"]", count: 20_000)
            await peer.send(Peer.post(sid, Array(body.utf8)))
            #expect(await peer.reply()?.status == 200)
            #expect(await server.nextReason() == .parseError)
        }
    }

    @Test("Connections that say nothing, or a head byte by byte, are closed in time")
    func slowHeads() async throws {
        var limits = HTTPLimits()
        limits.headTimeout = .milliseconds(300)
        try await HostileServer.run(limits: limits) { server in
            let silent = try await server.connect()
            let slow = try await server.connect()
            await slow.send("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nX:")
            #expect(await silent.bytesToTheEnd().isEmpty)
            _ = await slow.bytesToTheEnd()
            try await server.until { $0.connections == 0 }
        }
    }

    @Test("Requests sent ahead by a client that reads no answer are not all answered into memory")
    func pipelining() async throws {
        let configuration = HostileServer.brief {
            $0.engine.hooks.headers = { headers, _ in
                headers.add(name: "X-Long", value: String(repeating: "y", count: 16_000))
            }
        }
        try await HostileServer.run(configuration) { server in
            let peer = try await server.connect()
            await peer.read(false)
            let pad = "X-Pad: " + String(repeating: "z", count: 900)
            let request = Array(Peer.head("GET", "EIO=4&transport=nothing", [pad]).utf8)
            await peer.begin((0..<2_000).flatMap { _ in request })
            // The system takes some megabytes of 32; the rest would have to wait in memory.
            #expect(try await server.mostUnwritten(stopAbove: 8 << 20) <= 8 << 20)
        }
    }

    @Test("More sessions than an address may have are refused with 429, and room is made by those that go")
    func admission() async throws {
        let configuration = HostileServer.brief { $0.engine.admission.maxSessionsPerAddress = 10 }
        try await HostileServer.run(configuration) { server in
            var peers: [Peer] = []
            for _ in 0..<9 {
                let peer = try await server.connect()
                try await peer.openWebSocket()
                peers.append(peer)
            }
            let refused = try await server.connect().ask("GET", "EIO=4&transport=polling")
            #expect(refused.status == 429)
            for peer in peers { peer.close() }
            try await server.until { $0.sessions == 1 }
            #expect(try await server.connect().ask("GET", "EIO=4&transport=polling").status == 200)
        }
    }

    // MARK: - MessagePack

    @Test(
        "MessagePack that announces more than there is, nests without end, or has types of its own",
        arguments: [
            [0xDF, 0xFF, 0xFF, 0xFF, 0xFF], [0xDD, 0xFF, 0xFF, 0xFF, 0xFF], [0xC6, 0xFF, 0xFF, 0xFF, 0xFF],
            [0xDB, 0xFF, 0xFF, 0xFF, 0xFF], [0xC1], [], [0x80], [0x90], [0xC9, 0xFF, 0xFF, 0xFF, 0xFF, 1],
            [0x81, 0xA4, 0x74, 0x79, 0x70, 0x65, 0xCF] + [UInt8](repeating: 0xFF, count: 8),
            [0x82, 0xA4, 0x74, 0x79, 0x70, 0x65, 2, 0xA4, 0x64, 0x61, 0x74, 0x61]
                + [UInt8](repeating: 0x91, count: 500_000),
            [UInt8](repeating: 0x81, count: 500_000),
        ] as [[UInt8]])
    func messagePack(_ bytes: [UInt8]) async throws {
        let configuration = HostileServer.brief { $0.packetParser = MessagePackParser() }
        try await HostileServer.run(configuration) { server in
            let peer = try await server.connect()
            try await peer.openWebSocket()
            await peer.send(.binary(bytes))
            #expect(await peer.frame() == .close(nil))
        }
    }
}
