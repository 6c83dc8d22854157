internal import EngineIOProtocol
internal import NIOCore
internal import NIOEmbedded
internal import Testing
internal import WebSocketProtocol

@testable internal import EngineIO

/// Every way for a session to end has its reason, its detail and its place in the counters.
struct CloseDetailTests {
    /// A way to end.
    enum End: CaseIterable {
        case closePacket, closeFrame, closeFrameWithoutCode, cut, failure, badFrame, notUTF8, tooBig,
            tooBigInParts
        case notAPacket, noPong, outboxBytes, stalled, forced, shutDown
        case pollCut, bodyCut, twoPolls, twoPosts, emptyPayload

        var reason: CloseReason {
            switch self {
            case .closePacket, .closeFrame, .closeFrameWithoutCode, .cut: .transportClose
            case .failure, .badFrame, .notUTF8, .tooBig, .tooBigInParts, .pollCut, .bodyCut, .twoPolls,
                .twoPosts:
                .transportError
            case .notAPacket, .emptyPayload: .parseError
            case .noPong: .pingTimeout
            case .outboxBytes, .stalled: .slowConsumer
            case .forced: .forcedClose
            case .shutDown: .serverShuttingDown
            }
        }

        var detail: CloseDetail? {
            switch self {
            case .closePacket: .closePacket
            case .closeFrame: .closeFrame(code: 1000)
            case .closeFrameWithoutCode: .closeFrame(code: nil)
            case .cut: .connectionLost
            case .failure: .connectionFailed
            case .badFrame: .frame(.reservedOpcode)
            case .notUTF8: .frame(.invalidUTF8)
            case .tooBig: .messageTooBig(limit: 1_000, size: 1_001)
            case .tooBigInParts: .messageTooBig(limit: 1_000, size: nil)
            case .notAPacket: .packet(.unknownPacketType)
            case .outboxBytes: .outboxFull(bytes: 601, packets: 1)
            case .stalled: .stalled
            case .pollCut: .pollAborted
            case .bodyCut: .bodyAborted
            case .twoPolls: .overlappingPolls
            case .twoPosts: .overlappingPosts
            case .emptyPayload: .packet(.emptyPacket)
            case .noPong, .forced, .shutDown: nil
            }
        }

        private var isPolling: Bool {
            switch self {
            case .pollCut, .bodyCut, .twoPolls, .twoPosts, .emptyPayload: true
            default: false
            }
        }

        func bringAbout(on server: TestServer) throws {
            if isPolling {
                let (wire, sid) = try server.openPolling()
                try bringAbout(on: server, wire, sid)
            } else {
                try bringAbout(on: server, try server.openWebSocket())
            }
        }

        private func bringAbout(on server: TestServer, _ wire: Wire) throws {
            switch self {
            case .closePacket: wire.send(Frame.client(Frame.text, "1"))
            case .closeFrame: wire.send(Frame.client(Frame.close, [0x03, 0xE8]))
            case .closeFrameWithoutCode: wire.send(Frame.client(Frame.close, []))
            case .cut: wire.drop()
            case .failure: wire.channel.pipeline.fireErrorCaught(ChannelError.inputClosed)
            case .badFrame: wire.send(Frame.client(0x83, []))
            case .notUTF8: wire.send(Frame.client(Frame.text, [0x34, 0xFF]))
            case .tooBig: wire.send([0x82, 0xFE, 0x03, 0xE9, 0, 0, 0, 0])
            case .tooBigInParts:
                wire.send(Frame.client(0x02, [UInt8](repeating: 0, count: 600)))
                wire.send(Frame.client(0x80, [UInt8](repeating: 0, count: 600)))
            case .notAPacket: wire.send(Frame.client(Frame.text, "x"))
            case .noPong: server.advance(46_000)
            case .outboxBytes: try server.session.send(.text([UInt8](repeating: 0x34, count: 601)))
            case .stalled:
                wire.setWritable(false)
                try server.session.send(.text([0x34]))
                server.loop.run()
                // Pings are answered, so that nothing else ends it.
                for _ in 0..<6 where server.engine.sessionCount > 0 {
                    server.advance(10_000)
                    wire.send(Frame.client(Frame.text, "3"))
                }
            case .forced: try server.session.close()
            case .shutDown: server.engine.closeAll()
            default: Issue.record("not by WebSocket")
            }
            server.loop.run()
        }

        private func bringAbout(on server: TestServer, _ wire: Wire, _ sid: String) throws {
            let other = try server.connect()
            switch self {
            case .pollCut:
                wire.get("EIO=4&transport=polling&sid=\(sid)")
                wire.drop()
            case .bodyCut:
                let post = Wire.post(sid, Array("4hello".utf8))
                wire.send(Array(post.dropLast(2)))
                wire.drop()
            case .twoPolls:
                wire.get("EIO=4&transport=polling&sid=\(sid)")
                other.get("EIO=4&transport=polling&sid=\(sid)")
            case .twoPosts:
                wire.send(Array(Wire.post(sid, Array("4hello".utf8)).dropLast(2)))
                other.post(sid, "4")
            case .emptyPayload: wire.post(sid, "4a\u{1E}\u{1E}4b")
            default: Issue.record("not by polling")
            }
            server.loop.run()
        }
    }

    /// Keeps the details: the session is gone when the test looks.
    final class Observer: EngineObserver, @unchecked Sendable {
        var ends: [(CloseReason, CloseDetail?)] = []

        func closed(_ session: EngineSession, _ reason: CloseReason, _ detail: CloseDetail?) {
            #expect(session.closeDetail == detail)
            ends.append((reason, detail))
        }
    }

    @Test(arguments: End.allCases)
    func everyEndIsTold(_ end: End) throws {
        let observer = Observer()
        var configuration = EngineConfiguration(maxPayload: 1_000, maxOutboxBytes: 600)
        configuration.observer = observer
        try TestServer.run(configuration) { server in
            try end.bringAbout(on: server)
            let events = server.application.takeEvents()
            #expect(events.last == "closed \(end.reason.description)")
            #expect(observer.ends.count == 1)
            #expect(observer.ends.first?.0 == end.reason)
            #expect(observer.ends.first?.1 == end.detail)
            let meter = try #require(server.meters.first)
            #expect(meter.closes == [end.reason.description: 1])
            #expect(meter.details == (end.detail.map { [$0.code: 1] } ?? [:]))
            #expect(meter[.webSocketSessions] == 0)
        }
    }

    @Test("The words of a detail name limits and sizes, never what the client sent")
    func words() {
        #expect(
            CloseDetail.messageTooBig(limit: 10, size: 11).description
                == "message of 11 bytes or more, larger than 10")
        #expect(CloseDetail.messageTooBig(limit: 10, size: nil).description == "message larger than 10 bytes")
        #expect(CloseDetail.frame(.reservedBits).description == "reserved bits must be 0")
        #expect(CloseDetail.closeFrame(code: 4_000).description == "close frame with code 4000")
    }
}
