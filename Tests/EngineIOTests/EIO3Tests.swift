internal import EngineIO
internal import EngineIOProtocol
internal import Testing

/// Clients of Engine.IO v3 on every transport.
struct EIO3Tests {
    private static let configuration = EngineConfiguration(allowEIO3: true)

    private static func openPolling(_ server: TestServer, _ more: String = "") throws -> (Wire, String) {
        let wire = try server.connect()
        wire.get("EIO=3&transport=polling" + more)
        let answer = try #require(wire.answer())
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/plain; charset=UTF-8")
        let parts = answer.body.split(separator: ":", maxSplits: 1)
        #expect(Int(parts[0]) == parts[1].utf16.count)
        #expect(parts[1].contains(#""upgrades":["websocket"]"#))
        return (wire, try TestServer.sid(in: String(parts[1])))
    }

    private static func openWebSocket(_ server: TestServer, _ more: String = "") throws -> Wire {
        let wire = try server.connect()
        wire.upgrade("EIO=3&transport=websocket" + more)
        #expect(try wire.takeUpgradeAnswer() == 101)
        server.advance(10)
        let frames = wire.frames()
        #expect(frames.count == 1)
        _ = try TestServer.sid(in: try #require(frames.first).text)
        return wire
    }

    private static func echo(_ server: TestServer) {
        server.application.onMessage = { $0.send($1) }
    }

    @Test("Off by default", arguments: ["EIO=3", "EIO=5", "t=1"])
    func off(query: String) throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.get("\(query)&transport=polling")
            #expect(
                try #require(wire.answer()).body == #"{"code":5,"message":"Unsupported protocol version"}"#)
        }
    }

    @Test func polling() throws {
        try TestServer.run(Self.configuration) { server in
            Self.echo(server)
            let (wire, sid) = try Self.openPolling(server)
            #expect(try server.session.protocolVersion == .v3)
            wire.post(sid, "3:4😀6:4hello")
            #expect(try #require(wire.answer()).body == "ok")
            wire.get("EIO=3&transport=polling&sid=\(sid)")
            #expect(try #require(wire.answer()).body == "3:4😀6:4hello")
        }
    }

    @Test("Binary data come as a binary body, as base64 to a client that asked for it")
    func binaryPolling() throws {
        try TestServer.run(Self.configuration) { server in
            Self.echo(server)
            let (other, otherSid) = try Self.openPolling(server)
            other.send(
                Array(
                    Wire.request(
                        "POST", "EIO=3&transport=polling&sid=\(otherSid)",
                        headers: ["Content-Type: application/octet-stream", "Content-Length: 11"]
                    ).utf8) + [0, 2, 255, 0x34, 0x61, 1, 3, 255, 4, 9, 9])
            #expect(try #require(other.answer()).body == "ok")
            other.get("EIO=3&transport=polling&sid=\(otherSid)")
            let bytes = other.bytes()
            #expect(String(decoding: bytes, as: UTF8.self).contains("Content-Type: application/octet-stream"))
            #expect(bytes.suffix(11) == [0, 2, 255, 0x34, 0x61, 1, 3, 255, 4, 9, 9])

            let (old, oldSid) = try Self.openPolling(server, "&b64=1")
            old.post(oldSid, "6:b4CQk=2:4a")
            #expect(try #require(old.answer()).body == "ok")
            old.get("EIO=3&transport=polling&sid=\(oldSid)")
            #expect(try #require(old.answer()).body == "6:b4CQk=2:4a")
        }
    }

    @Test(
        "A body that is no v3 payload ends the session",
        arguments: ["4hello", "2:4", "", "1:7", "4a\u{1E}4b"])
    func malformed(body: String) throws {
        try TestServer.run(Self.configuration) { server in
            let (wire, sid) = try Self.openPolling(server)
            wire.post(sid, body)
            #expect(try #require(wire.answer()).status == 200)
            #expect(server.application.takeEvents() == ["open", "closed parse error"])
        }
    }

    @Test("Text in a binary body is UTF-8 too")
    func invalidUTF8() throws {
        try TestServer.run(Self.configuration) { server in
            let (wire, sid) = try Self.openPolling(server)
            wire.send(
                Array(
                    Wire.request(
                        "POST", "EIO=3&transport=polling&sid=\(sid)",
                        headers: ["Content-Type: application/octet-stream", "Content-Length: 5"]
                    ).utf8) + [0, 2, 255, 0x34, 0xFF])
            #expect(server.application.takeEvents() == ["open", "closed parse error"])
            #expect(try #require(wire.answer()).status == 200)
        }
    }

    @Test("The open packet leaves a moment after the 101, and so does what was sent meanwhile")
    func openPacketApart() throws {
        try TestServer.run(Self.configuration) { server in
            server.application.onOpen = { $0.send(.text(Array("4first".utf8))) }
            let wire = try server.connect()
            wire.upgrade("EIO=3&transport=websocket")
            #expect(try wire.takeUpgradeAnswer() == 101)
            #expect(wire.frames().isEmpty)
            server.advance(9)
            #expect(wire.frames().isEmpty)
            server.advance(1)
            let packets = wire.packets()
            #expect(packets.count == 2)
            #expect(packets.first?.hasPrefix("0{\"sid\":") == true)
            #expect(packets.last == "4first")
            // From now on packets leave at the end of the tick again.
            try server.session.send(.text(Array("4second".utf8)))
            #expect(wire.packets() == ["4second"])
        }
    }

    @Test("A client that goes away within that moment leaves nothing behind")
    func gone() throws {
        try TestServer.run(Self.configuration) { server in
            let wire = try server.connect()
            wire.upgrade("EIO=3&transport=websocket")
            wire.drop()
            #expect(server.application.takeEvents() == ["open", "closed transport close"])
            server.advance(20)
        }
    }

    @Test("Frames of a WebSocket, with and without base64")
    func webSocket() throws {
        try TestServer.run(Self.configuration) { server in
            Self.echo(server)
            let wire = try Self.openWebSocket(server)
            wire.send(Frame.client(Frame.binary, [4, 1, 2]))
            wire.send(Frame.client(Frame.text, "b4AwQ="))
            wire.send(Frame.client(Frame.text, "4é"))
            #expect(
                wire.frames() == [
                    Frame(Frame.binary, [4, 1, 2]), Frame(Frame.binary, [4, 3, 4]),
                    Frame(Frame.text, Array("4é".utf8)),
                ])
            let old = try Self.openWebSocket(server, "&b64=1")
            old.send(Frame.client(Frame.text, "b4AQI="))
            old.send(Frame.client(Frame.binary, [4, 3]))
            #expect(old.packets() == ["b4AQI=", "b4Aw=="])
        }
    }

    static let brokenFrames: [(UInt8, [UInt8])] = [
        (Frame.binary, []), (Frame.binary, [7]), (Frame.binary, [0x34, 1]), (Frame.text, []),
        (Frame.text, Array("abc".utf8)), (Frame.text, Array("b".utf8)), (Frame.text, Array("b4!".utf8)),
    ]

    @Test("A frame that is no packet ends the session", arguments: brokenFrames)
    func broken(opcode: UInt8, payload: [UInt8]) throws {
        try TestServer.run(Self.configuration) { server in
            let wire = try Self.openWebSocket(server)
            wire.send(Frame.client(opcode, payload))
            #expect(wire.frames().first?.closeCode == 1002)
            #expect(server.application.takeEvents() == ["open", "closed parse error"])
        }
    }

    @Test("The client pings; the answer carries nothing of it")
    func heartbeat() throws {
        try TestServer.run(Self.configuration) { server in
            let wire = try Self.openWebSocket(server)
            for _ in 0..<3 {
                server.advance(44_000)
                wire.send(Frame.client(Frame.text, "2something"))
                #expect(wire.packets() == ["3"])
            }
            server.advance(44_900)
            #expect(wire.isOpen)
            server.advance(200)
            #expect(server.application.takeEvents() == ["open", "closed ping timeout"])
        }
    }

    @Test("A pong from a client ends a v3 session")
    func wrongDirection() throws {
        try TestServer.run(Self.configuration) { server in
            let wire = try Self.openWebSocket(server)
            wire.send(Frame.client(Frame.text, "3"))
            #expect(server.application.takeEvents() == ["open", "closed transport error"])
            #expect(wire.frames().first?.closeCode == 1002)
        }
    }

    @Test("An upgrade; the WebSocket's own b64 counts there, its EIO does not")
    func upgrade() throws {
        try TestServer.run(Self.configuration) { server in
            Self.echo(server)
            let (polling, sid) = try Self.openPolling(server)
            let probe = try server.connect()
            probe.upgrade("EIO=4&transport=websocket&b64=1&sid=\(sid)")
            #expect(try probe.takeUpgradeAnswer() == 101)
            polling.get("EIO=3&transport=polling&sid=\(sid)")
            probe.send(Frame.client(Frame.text, "2probe"))
            #expect(probe.packets() == ["3probe"])
            #expect(try #require(polling.answer()).body == "1:6")
            probe.send(Frame.client(Frame.text, "5"))
            probe.send(Frame.client(Frame.binary, [4, 1, 2]))
            #expect(probe.packets() == ["b4AQI="])
            probe.send(Frame.client(Frame.text, "2"))
            #expect(probe.packets() == ["3"])
        }
    }

    @Test("What the session id of a v3 client is worth once it has a WebSocket: nothing")
    func sessionIDAfterUpgrade() throws {
        try TestServer.run(Self.configuration) { server in
            let wire = try Self.openWebSocket(server)
            let sid = try server.session.id
            let other = try server.connect()
            other.get("EIO=3&transport=polling&sid=\(sid)")
            #expect(try #require(other.answer()).status == 400)
            let another = try server.connect()
            another.post(sid, "2:4a")
            #expect(try #require(another.answer()).status == 400)
            let probe = try server.openProbe(sid)
            #expect(probe.frames().first?.first == Frame.close)
            #expect(wire.isOpen)
            #expect(server.application.takeEvents() == ["open"])
        }
    }
}
