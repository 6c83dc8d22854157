internal import EngineIOProtocol
internal import Testing

@testable internal import EngineIO

/// A polling session moves to a WebSocket: two connections of one event loop.
struct UpgradeTests {
    private static func message(_ text: String) -> OutgoingPacket {
        .text(Array("4\(text)".utf8))
    }

    @Test("The whole upgrade, whole frames and one byte at a time", arguments: [false, true])
    func upgrade(bytewise: Bool) throws {
        try TestServer.run { server in
            let (poll, sid) = try server.openPolling()
            let session = try server.session
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            let probe = try server.openProbe(sid)
            let send = { (packet: String) in
                let frame = Frame.client(Frame.text, packet)
                bytewise ? probe.sendBytewise(frame) : probe.send(frame)
            }
            send("2probe")
            #expect(probe.packets() == ["3probe"])
            #expect(poll.answer()?.body == "6")
            // What is sent now waits for the WebSocket; polls are released every 100 ms.
            session.send(Self.message("kept"))
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            server.advance(80)
            #expect(poll.answer() == nil)
            server.advance(30)
            #expect(poll.answer()?.body == "6")
            // A body may still be on its way by the old transport.
            poll.post(sid, "4by post")
            #expect(poll.answer()?.body == "ok")
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            #expect(session.transport == .polling)
            send("5")
            #expect(poll.answer()?.body == "6")
            #expect(probe.packets() == ["4kept"])
            #expect(session.transport == .websocket)
            send("4by frame")
            session.send(Self.message("and back"))
            #expect(probe.packets() == ["4and back"])
            #expect(server.application.takeEvents() == ["open", "text by post", "text by frame"])

            poll.get("EIO=4&transport=polling&sid=\(sid)")
            #expect(poll.answer()?.body == #"{"code":3,"message":"Bad request"}"#)
            poll.post(sid, "4x")
            #expect(poll.answer()?.body == #"{"code":3,"message":"Bad request"}"#)
            poll.drop()
            #expect(server.application.takeEvents() == [])
            probe.send(Frame.client(Frame.close, ""))
            #expect(server.application.takeEvents() == ["closed transport close"])
        }
    }

    @Test("Probe and upgrade packet that came with the request")
    func glued() throws {
        try TestServer.run { server in
            let (_, sid) = try server.openPolling()
            try server.session.send(Self.message("kept"))
            let wire = try server.connect()
            wire.send(
                Array(Wire.upgrade("EIO=4&transport=websocket&sid=\(sid)").utf8)
                    + Frame.client(Frame.text, "2probe") + Frame.client(Frame.text, "5")
                    + Frame.client(Frame.text, "4hello"))
            #expect(try wire.takeUpgradeAnswer() == 101)
            #expect(wire.packets() == ["3probe", "4kept"])
            #expect(server.application.takeEvents() == ["open", "text hello"])
        }
    }

    @Test("A second WebSocket for the session is closed; the first goes on")
    func secondProbe() throws {
        try TestServer.run { server in
            let (_, sid) = try server.openPolling()
            let first = try server.openProbe(sid)
            let second = try server.openProbe(sid)
            #expect(second.frames() == [Frame(Frame.close, [])])
            first.send(Frame.client(Frame.text, "2probe"))
            first.send(Frame.client(Frame.text, "5"))
            #expect(first.packets() == ["3probe"])
            let third = try server.openProbe(sid)
            #expect(third.frames() == [Frame(Frame.close, [])])
            third.send(Frame.client(Frame.text, "4not mine"))
            first.send(Frame.client(Frame.text, "4mine"))
            #expect(server.application.takeEvents() == ["open", "text mine"])
        }
    }

    static let wrong: [(String, [UInt8])] = [
        ("upgrade without a probe", Frame.client(Frame.text, "5")),
        ("message", Frame.client(Frame.text, "4x")),
        ("binary", Frame.client(Frame.binary, [1])),
        ("ping without the word", Frame.client(Frame.text, "2")),
        ("empty", Frame.client(Frame.text, "")),
        ("unknown type", Frame.client(Frame.text, "9")),
        ("two probes", Frame.client(Frame.text, "2probe") + Frame.client(Frame.text, "2probe")),
        ("message after the probe", Frame.client(Frame.text, "2probe") + Frame.client(Frame.text, "4x")),
        ("close frame", Frame.client(Frame.close, "")),
        ("unmasked frame", Frame.unmasked(Frame.text, [0x35])),
        ("not UTF-8", Frame.client(Frame.text, [0xFF])),
    ]

    @Test("Whatever else a probing WebSocket does, it is closed and the session polls on", arguments: wrong)
    func probeFails(name: String, bytes: [UInt8]) throws {
        try TestServer.run { server in
            let (poll, sid) = try server.openPolling()
            let probe = try server.openProbe(sid)
            try server.session.send(Self.message("kept"))
            probe.send(bytes)
            #expect(probe.frames().last?.first == Frame.close)
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            #expect(poll.answer()?.body == "4kept")
            #expect(server.application.takeEvents() == ["open"])
            let again = try server.openProbe(sid)
            again.send(Frame.client(Frame.text, "2probe"))
            #expect(again.packets() == ["3probe"])
        }
    }

    @Test("A held poll gets what waited when the probing WebSocket goes away", arguments: [true, false])
    func probeDropped(answered: Bool) throws {
        try TestServer.run { server in
            let (poll, sid) = try server.openPolling()
            let probe = try server.openProbe(sid)
            if answered { probe.send(Frame.client(Frame.text, "2probe")) }
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            try server.session.send(Self.message("kept"))
            #expect(poll.answer() == nil)
            probe.drop()
            #expect(poll.answer()?.body == "4kept")
            #expect(server.engine.sessionCount == 1)
        }
    }

    @Test("A probing WebSocket has ten seconds", arguments: [true, false])
    func probeTimeout(answered: Bool) throws {
        try TestServer.run { server in
            let (poll, sid) = try server.openPolling()
            let probe = try server.openProbe(sid)
            if answered { probe.send(Frame.client(Frame.text, "2probe")) }
            try server.session.send(Self.message("kept"))
            server.advance(9_980)
            #expect(!probe.frames().contains { $0.first == Frame.close })
            server.advance(40)
            #expect(probe.frames() == [Frame(Frame.close, [])])
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            #expect(poll.answer()?.body == "4kept")
            #expect(server.application.takeEvents() == ["open"])
        }
    }

    @Test("Closing a session that upgrades closes both transports", arguments: [true, false])
    func closeWhileProbing(held: Bool) throws {
        try TestServer.run { server in
            let (poll, sid) = try server.openPolling()
            let probe = try server.openProbe(sid)
            if held { poll.get("EIO=4&transport=polling&sid=\(sid)") }
            try server.session.close()
            #expect(probe.frames() == [Frame(Frame.close, [])])
            if !held { poll.get("EIO=4&transport=polling&sid=\(sid)") }
            #expect(poll.answer()?.body == "1")
            #expect(server.application.takeEvents() == ["open", "closed forced close"])
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test func pingAcrossUpgrade() throws {
        try TestServer.run { server in
            let (poll, sid) = try server.openPolling()
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            server.advance(25_010)
            #expect(poll.answer()?.body == "2")
            let probe = try server.openProbe(sid)
            probe.send(Frame.client(Frame.text, "2probe"))
            probe.send(Frame.client(Frame.text, "5"))
            #expect(probe.packets() == ["3probe"])
            server.advance(19_900)
            #expect(server.engine.sessionCount == 1)
            server.advance(200)
            #expect(server.application.takeEvents() == ["open", "closed ping timeout"])
        }
    }

    @Test("A session that closes takes no WebSocket")
    func probeOfClosingSession() throws {
        try TestServer.run { server in
            let (_, sid) = try server.openPolling()
            try server.session.close()
            let probe = try server.openProbe(sid)
            #expect(probe.frames() == [Frame(Frame.close, [])])
        }
    }

    static let refusals: [(String, [String], Int, String)] = [
        ("EIO=4&transport=websocket&sid=nobody", [], 400, "Session ID unknown"),
        ("EIO=4&transport=tobi", [], 400, "Transport unknown"),
        ("EIO=3&transport=websocket", [], 400, "Unsupported protocol version"),
        ("EIO=4&transport=polling&sid=SID", [], 400, "Bad request"),
        ("EIO=4&transport=websocket", ["Origin: https://evil.example"], 400, "Origin not allowed"),
        ("EIO=4&transport=websocket&sid=SID", ["Origin: null"], 400, "Origin not allowed"),
        ("EIO=4&transport=websocket", ["Sec-WebSocket-Key: other"], 400, "Sec-WebSocket-Key is repeated"),
        ("EIO=4&transport=websocket", ["Sec-WebSocket-Version: 8"], 400, "Sec-WebSocket-Version is repeated"),
    ]

    @Test("A refused upgrade says why in plain text and ends the connection", arguments: refusals)
    func refused(query: String, headers: [String], status: Int, body: String) throws {
        try TestServer.run { server in
            let sid = try server.openPolling().sid
            let wire = try server.connect()
            wire.upgrade(
                query.split(separator: "SID", omittingEmptySubsequences: false).joined(separator: sid),
                headers: headers)
            let answer = try #require(wire.answer())
            #expect(answer.status == status)
            #expect(answer.body == body)
            #expect(answer.headers["connection"] == "close")
            #expect(answer.headers["content-type"] == "text/html")
            #expect(!wire.isOpen)
            #expect(server.engine.sessionCount == 1)
        }
    }

    @Test func otherVersion() throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.send(
                Wire.request(
                    "GET", "EIO=4&transport=websocket",
                    headers: [
                        "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 8",
                        "Sec-WebSocket-Key: \(Wire.key)",
                    ]))
            let answer = try #require(wire.answer())
            #expect(answer.status == 426)
            #expect(answer.headers["sec-websocket-version"] == "13")
            #expect(!wire.isOpen)
        }
    }

    @Test func upgradesSwitchedOff() throws {
        try TestServer.run(EngineConfiguration(allowUpgrades: false)) { server in
            let wire = try server.connect()
            wire.get("EIO=4&transport=polling")
            let answer = try #require(wire.answer())
            #expect(answer.body.contains(#""upgrades":[],"#))
            let probe = try server.connect()
            probe.upgrade("EIO=4&transport=websocket&sid=\(try TestServer.sid(in: answer.body))")
            #expect(probe.answer()?.status == 400)
        }
    }
}
