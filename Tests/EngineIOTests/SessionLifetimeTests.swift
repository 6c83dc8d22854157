internal import EngineIOProtocol
internal import NIOCore
internal import NIOEmbedded
internal import Testing

@testable internal import EngineIO

/// Heartbeat, orderly ends, clients that do not take what they are sent.
struct SessionLifetimeTests {
    @Test("A polling client that answers lives on")
    func pollingHeartbeat() throws {
        try TestServer.run { server in
            let (poll, sid) = try server.openPolling()
            for _ in 0..<3 {
                poll.get("EIO=4&transport=polling&sid=\(sid)")
                server.advance(24_990)
                #expect(poll.answer() == nil)
                server.advance(20)
                #expect(poll.answer()?.body == "2")
                let other = try server.connect()
                other.post(sid, "3")
                #expect(other.answer()?.body == "ok")
            }
            #expect(server.application.takeEvents() == ["open"])
        }
    }

    @Test("A polling client that does not answer is closed")
    func pollingPingTimeout() throws {
        try TestServer.run { server in
            let (poll, sid) = try server.openPolling()
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            server.advance(25_010)
            #expect(poll.answer()?.body == "2")
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            server.advance(19_970)
            #expect(poll.answer() == nil)
            server.advance(40)
            #expect(poll.answer()?.body == "1")
            #expect(server.application.takeEvents() == ["open", "closed ping timeout"])
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test("A client that polls no more is closed as well")
    func abandonedSession() throws {
        try TestServer.run { server in
            _ = try server.openPolling()
            server.advance(46_000)
            #expect(server.application.takeEvents() == ["open", "closed ping timeout"])
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test func webSocketHeartbeat() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            for _ in 0..<3 {
                server.advance(24_980)
                #expect(wire.packets() == [])
                server.advance(30)
                #expect(wire.packets() == ["2"])
                wire.send(Frame.client(Frame.text, "3"))
            }
            server.advance(25_010)
            #expect(wire.packets() == ["2"])
            server.advance(20_010)
            #expect(wire.frames() == [Frame(Frame.close, [])])
            #expect(server.application.takeEvents() == ["open", "closed ping timeout"])
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test("Messages and transport pongs are no answer to a ping")
    func onlyPongsCount() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            server.advance(25_010)
            for _ in 0..<19 {
                server.advance(1_000)
                wire.send(Frame.client(Frame.text, "4x") + Frame.client(Frame.pong, ""))
            }
            #expect(server.engine.sessionCount == 1)
            server.advance(1_100)
            #expect(server.engine.sessionCount == 0)
        }
    }

    // MARK: - Orderly close

    @Test("What was sent before the close goes out with the held poll")
    func closeWithPoll() throws {
        try TestServer.run { server in
            let (poll, sid) = try server.openPolling()
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            let session = try server.session
            session.send(.text(Array("4bye".utf8)))
            session.close()
            session.send(.text(Array("4too late".utf8)))
            #expect(poll.answer()?.body == "4bye\u{1E}1")
            #expect(server.application.takeEvents() == ["open", "closed forced close"])
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test("Without a poll the last packets wait for one")
    func closeWithoutPoll() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            try server.session.send(.text(Array("4bye".utf8)))
            try server.session.close()
            #expect(server.application.takeEvents() == ["open", "closed forced close"])
            #expect(server.engine.sessionCount == 1)
            wire.post(sid, "4nobody listens")
            #expect(wire.answer()?.body == "ok")
            #expect(server.application.takeEvents() == [])
            server.advance(29_000)
            let other = try server.connect()
            other.get("EIO=4&transport=polling&sid=\(sid)")
            #expect(other.answer()?.body == "4bye\u{1E}1")
            #expect(server.engine.sessionCount == 0)
            #expect(server.application.takeEvents() == [])
        }
    }

    @Test("The last packets do not wait for ever")
    func closeWithoutAnyPoll() throws {
        try TestServer.run { server in
            _ = try server.openPolling()
            try server.session.close()
            server.advance(29_980)
            #expect(server.engine.sessionCount == 1)
            server.advance(40)
            #expect(server.engine.sessionCount == 0)
            #expect(server.application.takeEvents() == ["open", "closed forced close"])
        }
    }

    @Test(
        "A body that is cut off after the close leaves nothing behind",
        arguments: ["cut", "binary", "damaged"])
    func closeWhileBodyIsRead(end: String) throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.send(Array(Wire.post(sid, Array("9".utf8)).dropLast(1)))
            try server.session.close()
            switch end {
            case "cut": wire.drop()
            case "damaged": wire.send("9")
            default:
                let other = try server.connect()
                other.send(
                    Wire.request(
                        "POST", "EIO=4&transport=polling&sid=\(sid)",
                        headers: ["Content-Type: application/octet-stream", "Content-Length: 0"]))
                #expect(other.answer()?.status == 400)
            }
            server.advance(31_000)
            #expect(server.engine.sessionCount == 0)
            #expect(server.application.takeEvents() == ["open", "closed forced close"])
        }
    }

    @Test func closeWebSocket() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            let session = try server.session
            session.send(.text(Array("4bye".utf8)))
            session.close()
            session.close()
            #expect(wire.frames() == [Frame(Frame.text, Array("4bye".utf8)), Frame(Frame.close, [])])
            #expect(server.application.takeEvents() == ["open", "closed forced close"])
            #expect(server.engine.sessionCount == 0)
            #expect(wire.isOpen)
            wire.send(Frame.client(Frame.text, "4ignored"))
            server.advance(4_900)
            #expect(wire.isOpen)
            server.advance(200)
            #expect(!wire.isOpen)
            #expect(server.application.takeEvents() == [])
        }
    }

    @Test("The client's close frame completes the closing handshake at once", arguments: [true, false])
    func closeIsAnswered(bytewise: Bool) throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            try server.session.close()
            #expect(wire.frames() == [Frame(Frame.close, [])])
            let answer = Frame.client(Frame.text, "4on its way") + Frame.client(Frame.close, "")
            bytewise ? wire.sendBytewise(answer) : wire.send(answer)
            #expect(!wire.isOpen)
            #expect(wire.bytes() == [])
            #expect(server.application.takeEvents() == ["open", "closed forced close"])
        }
    }

    @Test func closeAll() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            let (poll, sid) = try server.openPolling()
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            server.engine.closeAll()
            #expect(wire.frames().map(\.closeCode) == [1001])
            #expect(poll.answer()?.body == "1")
            #expect(
                server.application.takeEvents().suffix(2)
                    == ["closed server shutting down", "closed server shutting down"])
        }
    }

    @Test("A session that is closed while it opens is told so", arguments: TransportName.allCases)
    func closedWhileOpening(transport: TransportName) throws {
        try TestServer.run { server in
            server.application.onOpen = { $0.close() }
            let wire = try server.connect()
            switch transport {
            case .polling: wire.get("EIO=4&transport=polling")
            case .websocket: wire.upgrade("EIO=4&transport=websocket")
            }
            #expect(server.application.takeEvents() == ["open", "closed forced close"])
            #expect(server.engine.sessionCount == 0)
        }
    }

    // MARK: - Slow clients

    @Test("What waits for a poll is bounded", arguments: [("packets", 4, 1_000), ("bytes", 1_000, 10)])
    func slowPolling(name: String, packets: Int, bytes: Int) throws {
        let configuration = EngineConfiguration(
            maxOutboxBytes: name == "bytes" ? bytes + 200 : 1_000, maxOutboxPackets: packets)
        try TestServer.run(configuration) { server in
            _ = try server.openPolling()
            let session = try server.session
            for _ in 0..<4 { session.send(.text(Array(repeating: 0x34, count: name == "bytes" ? 52 : 1))) }
            #expect(server.application.takeEvents() == ["open"])
            session.send(.text([0x34]))
            session.send(.text([0x34]))
            session.send(.text([0x34]))
            #expect(server.application.takeEvents() == ["open", "closed slow consumer"].suffix(1))
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test("A WebSocket that takes nothing: packets wait, then the session ends")
    func slowWebSocket() throws {
        try TestServer.run(EngineConfiguration(maxOutboxPackets: 3)) { server in
            let wire = try server.openWebSocket()
            let session = try server.session
            wire.setWritable(false)
            for number in 1...3 { session.send(.text(Array("4\(number)".utf8))) }
            #expect(wire.frames() == [])
            wire.setWritable(true)
            #expect(wire.packets() == ["41", "42", "43"])
            wire.setWritable(false)
            for number in 4...7 { session.send(.text(Array("4\(number)".utf8))) }
            let frames = wire.frames()
            #expect(frames.map(\.closeCode) == [1008])
            #expect(server.application.takeEvents() == ["open", "closed slow consumer"])
            #expect(server.engine.sessionCount == 0)
            server.advance(5_100)
            #expect(!wire.isOpen)
        }
    }

    @Test("A volatile packet goes at once or never")
    func volatilePackets() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            let session = try server.session
            session.sendVolatile([.text(Array("4now".utf8)), .binary([1])])
            #expect(wire.frames() == [Frame(Frame.text, Array("4now".utf8)), Frame(Frame.binary, [1])])
            wire.setWritable(false)
            session.sendVolatile([.text(Array("4never".utf8))])
            wire.setWritable(true)
            #expect(wire.frames() == [])

            let (poll, sid) = try server.openPolling()
            let polling = try server.session
            polling.sendVolatile([.text(Array("4never".utf8))])
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            polling.sendVolatile([.text(Array("4now".utf8))])
            #expect(poll.answer()?.body == "4now")
        }
    }

    @Test("A promise for what was sent is kept when it went, broken when it cannot go any more")
    func written() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            let session = try server.session
            var outcomes: [String] = []
            func ask(_ name: String) -> EventLoopPromise<Void> {
                let promise = server.loop.makePromise(of: Void.self)
                promise.futureResult.assumeIsolated().whenComplete { result in
                    if case .success = result {
                        outcomes.append(name)
                    } else {
                        outcomes.append("not \(name)")
                    }
                }
                return promise
            }
            session.whenWritten(ask("nothing"))
            #expect(outcomes == ["nothing"])
            wire.setWritable(false)
            session.send(.text([0x34]))
            session.whenWritten(ask("a"))
            session.whenWritten(ask("b"))
            server.loop.run()
            #expect(outcomes == ["nothing"])
            wire.setWritable(true)
            #expect(outcomes == ["nothing", "a", "b"])
            wire.setWritable(false)
            session.send(.text([0x34]))
            session.whenWritten(ask("c"))
            wire.drop()
            #expect(outcomes == ["nothing", "a", "b", "not c"])
            session.whenWritten(ask("d"))
            #expect(outcomes.last == "not d")
        }
    }

    // MARK: - Back-pressure

    @Test("A paused WebSocket is not read; nothing is lost")
    func pauseWebSocket() throws {
        try TestServer.run { server in
            server.application.onMessage = { session, packet in
                if packet == .text(Array("4stop".utf8)) { session.pauseReading() }
            }
            let wire = try server.openWebSocket()
            let session = try server.session
            wire.send(
                Frame.client(Frame.text, "4stop") + Frame.client(Frame.text, "4a")
                    + Frame.client(Frame.binary, [1]))
            wire.send(Frame.client(Frame.text, "4b"))
            #expect(server.application.takeEvents() == ["open", "text stop"])
            session.resumeReading()
            #expect(server.application.takeEvents() == ["text a", "binary [1]", "text b"])
            session.resumeReading()
            wire.send(Frame.client(Frame.text, "4c"))
            #expect(server.application.takeEvents() == ["text c"])
        }
    }

    @Test("A paused POST is answered when reading goes on")
    func pausePost() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            try server.session.pauseReading()
            wire.post(sid, "4a")
            #expect(wire.answer() == nil)
            #expect(server.application.takeEvents() == ["open", "text a"])
            try server.session.resumeReading()
            #expect(wire.answer()?.body == "ok")
        }
    }

    @Test("A paused session that ends answers its POST")
    func pauseThenClose() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            let poll = try server.connect()
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            try server.session.pauseReading()
            wire.post(sid, "4a")
            try server.session.close()
            #expect(wire.answer()?.body == "ok")
            #expect(poll.answer()?.body == "1")
        }
    }

    @Test("A session that paused before it upgraded stays paused")
    func pauseAcrossUpgrade() throws {
        try TestServer.run { server in
            let (_, sid) = try server.openPolling()
            try server.session.pauseReading()
            let probe = try server.openProbe(sid)
            probe.send(Frame.client(Frame.text, "2probe"))
            #expect(probe.packets() == ["3probe"])
            probe.send(Frame.client(Frame.text, "5"))
            probe.send(Frame.client(Frame.text, "4a"))
            #expect(server.application.takeEvents() == ["open"])
            try server.session.resumeReading()
            #expect(server.application.takeEvents() == ["text a"])
        }
    }
}
