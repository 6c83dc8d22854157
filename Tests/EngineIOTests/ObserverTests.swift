internal import EngineIOProtocol
internal import NIOCore
internal import NIOEmbedded
internal import Testing

@testable internal import EngineIO

/// The events of a session, in the order in which an observer hears of them; and what is counted.
struct ObserverTests {
    final class Observer: EngineObserver, @unchecked Sendable {
        private var events: [String] = []

        func take() -> [String] {
            defer { events = [] }
            return events
        }

        func opened(_ session: EngineSession) { events.append("opened") }
        func received(_ type: EnginePacketType, _ data: ByteBuffer, from session: EngineSession) {
            events.append("packet \(type) \(data.readableBytes)")
        }
        func received(message: ByteBuffer, isBinary: Bool, from session: EngineSession) {
            events.append("data \(isBinary ? "binary" : "text") \(String(buffer: message))")
        }
        func heartbeat(_ session: EngineSession) { events.append("heartbeat") }
        func created(_ packet: OutgoingPacket, for session: EngineSession) {
            events.append("packetCreate \(packet.byteCount)")
        }
        func flushing(_ packets: Int, of session: EngineSession) { events.append("flush \(packets)") }
        func drained(_ session: EngineSession) { events.append("drain") }
        func upgrading(_ session: EngineSession) { events.append("upgrading") }
        func upgraded(_ session: EngineSession) { events.append("upgrade \(session.transport.rawValue)") }
        func upgradeFailed(_ session: EngineSession) { events.append("upgrade failed") }
        func closed(_ session: EngineSession, _ reason: CloseReason, _ detail: CloseDetail?) {
            events.append("close \(reason.description)")
        }
    }

    @Test func webSocket() throws {
        let observer = Observer()
        var configuration = EngineConfiguration()
        configuration.observer = observer
        try TestServer.run(configuration) { server in
            let wire = try server.openWebSocket()
            let opening = observer.take()
            #expect(opening.first == "opened")
            #expect(opening.dropFirst(2) == ["flush 1", "drain"])
            wire.send(Frame.client(Frame.text, "4hello") + Frame.client(Frame.binary, [0x61, 0x62]))
            #expect(
                observer.take() == [
                    "packet message 5", "data text hello", "packet message 2", "data binary ab",
                ])
            try server.session.send([.text([0x34]), .text([0x34, 0x61])])
            server.loop.run()
            #expect(observer.take() == ["packetCreate 1", "packetCreate 2", "flush 2", "drain"])
            server.advance(25_010)
            wire.send(Frame.client(Frame.text, "3"))
            #expect(
                observer.take() == ["packetCreate 1", "flush 1", "drain", "packet pong 0", "heartbeat"])
            wire.send(Frame.client(Frame.text, "1"))
            #expect(observer.take() == ["packet close 0", "close transport close"])
            let meter = try #require(server.meters.first)
            #expect(meter[.packetsIn] == 4)
            #expect(meter[.bytesIn] == 6 + 2 + 1 + 1)
            #expect(meter[.packetsOut] == 4)
            #expect(meter[.webSocketHandshakes] == 1)
        }
    }

    @Test func upgrade() throws {
        let observer = Observer()
        var configuration = EngineConfiguration()
        configuration.observer = observer
        try TestServer.run(configuration) { server in
            let (_, sid) = try server.openPolling()
            let meter = try #require(server.meters.first)
            #expect(meter[.pollingSessions] == 1)
            _ = observer.take()
            let failed = try server.openProbe(sid)
            failed.drop()
            #expect(observer.take() == ["upgrade failed"])
            let probe = try server.openProbe(sid)
            probe.send(Frame.client(Frame.text, "2probe"))
            #expect(observer.take() == ["upgrading"])
            probe.send(Frame.client(Frame.text, "5"))
            #expect(observer.take() == ["upgrade websocket"])
            #expect(meter[.pollingSessions] == 0)
            #expect(meter[.webSocketSessions] == 1)
            #expect((meter[.upgrades], meter[.failedUpgrades]) == (1, 1))
        }
    }

    @Test("Refused requests are counted by code and cause")
    func refusals() throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.get("EIO=4&transport=pigeon")
            _ = wire.answer()
            wire.get("EIO=4&transport=polling&sid=nobody")
            _ = wire.answer()
            #expect(
                server.engine.refusals == [
                    .init(code: 0, context: "UNKNOWN_TRANSPORT"): 1,
                    .init(code: 1, context: "UNKNOWN_SID"): 1,
                ])
        }
    }
}
