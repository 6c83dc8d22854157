internal import EngineIOProtocol
internal import Testing

@testable internal import EngineIO

/// Sessions that poll: each answer byte by byte, and what becomes of the session.
struct PollingTests {
    @Test func handshakeBytes() throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.get("EIO=4&transport=polling")
            let text = wire.text()
            let sid = try server.session.id
            let body =
                #"0{"sid":"\#(sid)","upgrades":["websocket"],"pingInterval":25000,"#
                + #""pingTimeout":20000,"maxPayload":1000000}"#
            #expect(
                text == "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\n"
                    + "Content-Type: text/plain; charset=UTF-8\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                    + body)
            #expect(sid.utf8.count == 20)
            #expect(server.engine.sessionCount == 1)
            #expect(server.application.takeEvents() == ["open"])
        }
    }

    @Test("A poll is held until there is something to say")
    func heldPoll() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.get("EIO=4&transport=polling&sid=\(sid)")
            #expect(wire.answer() == nil)
            try server.session.send(.text(Array("4hello".utf8)))
            #expect(wire.answer()?.body == "4hello")
            try server.session.send([
                .text(Array("4a".utf8)), .binary([1, 2, 3, 4]), .text(Array("4b".utf8)),
            ])
            #expect(wire.answer() == nil)
            wire.get("EIO=4&transport=polling&sid=\(sid)")
            #expect(wire.answer()?.body == "4a\u{1E}bAQIDBA==\u{1E}4b")
        }
    }

    @Test func post() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.post(sid, "4hello\u{1E}bAQIDBA==\u{1E}4\u{1E}b")
            #expect(
                wire.text() == "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Type: text/html\r\n"
                    + "Content-Length: 2\r\n\r\nok")
            #expect(
                server.application.takeEvents()
                    == ["open", "text hello", "binary [1, 2, 3, 4]", "text ", "binary []"])
        }
    }

    @Test("Two polls at once end the session")
    func overlappingPolls() throws {
        try TestServer.run { server in
            let (first, sid) = try server.openPolling()
            let second = try server.connect()
            first.get("EIO=4&transport=polling&sid=\(sid)")
            second.get("EIO=4&transport=polling&sid=\(sid)")
            #expect(first.answer()?.body == "1")
            let refused = try #require(second.answer())
            #expect(refused.status == 400)
            #expect(refused.body == #"{"code":3,"message":"Bad request"}"#)
            #expect(server.application.takeEvents() == ["open", "closed transport error"])
            first.get("EIO=4&transport=polling&sid=\(sid)")
            #expect(first.answer()?.body == #"{"code":1,"message":"Session ID unknown"}"#)
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test("Two bodies at once end the session")
    func overlappingPosts() throws {
        try TestServer.run { server in
            let (first, sid) = try server.openPolling()
            let second = try server.connect()
            first.send(Array(Wire.post(sid, Array("4hello".utf8)).dropLast(2)))
            second.post(sid, "4other")
            #expect(second.answer()?.status == 400)
            #expect(server.application.takeEvents() == ["open", "closed transport error"])
            first.send("lo")
            #expect(first.answer()?.status == 200)
            #expect(server.application.takeEvents() == [])
        }
    }

    static let refusals: [(String, Int, String)] = [
        ("GET EIO=4", 400, #"{"code":0,"message":"Transport unknown"}"#),
        ("GET EIO=4&transport=tobi", 400, #"{"code":0,"message":"Transport unknown"}"#),
        ("GET EIO=4&transport=polling&sid=x", 400, #"{"code":1,"message":"Session ID unknown"}"#),
        ("POST EIO=4&transport=polling&sid=x", 400, #"{"code":1,"message":"Session ID unknown"}"#),
        ("POST EIO=4&transport=polling", 400, #"{"code":2,"message":"Bad handshake method"}"#),
        ("OPTIONS EIO=4&transport=polling", 400, #"{"code":2,"message":"Bad handshake method"}"#),
        ("PUT EIO=4&transport=polling&sid=SID", 400, #"{"code":3,"message":"Bad request"}"#),
        ("GET EIO=4&transport=websocket&sid=SID", 400, #"{"code":3,"message":"Bad request"}"#),
        ("POST EIO=4&transport=websocket&sid=SID", 400, #"{"code":3,"message":"Bad request"}"#),
        ("GET EIO=4&transport=websocket", 400, #"{"code":3,"message":"Bad request"}"#),
        ("GET EIO=3&transport=polling", 400, #"{"code":5,"message":"Unsupported protocol version"}"#),
        ("GET transport=polling", 400, #"{"code":5,"message":"Unsupported protocol version"}"#),
    ]

    @Test("A refusal is JSON and leaves the session alone", arguments: refusals)
    func refused(request: String, status: Int, body: String) throws {
        try TestServer.run { server in
            let sid = try server.openPolling().sid
            let words = request.split(separator: " ").map(String.init)
            let query = words[1].split(separator: "SID", omittingEmptySubsequences: false).joined(
                separator: sid)
            let wire = try server.connect()
            wire.send(Wire.request(words[0], query, headers: ["Content-Length: 2"]) + "4x")
            let answer = try #require(wire.answer())
            #expect(answer.status == status)
            #expect(answer.body == body)
            #expect(answer.headers["content-type"] == "application/json")
            #expect(answer.headers["cache-control"] == "no-store")
            #expect(server.engine.sessionCount == 1)
            #expect(server.application.takeEvents() == ["open"])
        }
    }

    static let badBodies: [(String, [UInt8], String)] = [
        ("empty", [], "parse error"),
        ("unknown type", Array("9".utf8), "parse error"),
        ("empty record", Array("4a\u{1E}\u{1E}4b".utf8), "parse error"),
        ("bad base64", Array("b===".utf8), "parse error"),
        ("not UTF-8", [0x34, 0xFF], "parse error"),
        ("too many", Array("4\u{1E}4\u{1E}4\u{1E}4\u{1E}4".utf8), "parse error"),
        ("a client's ping", Array("2".utf8), "transport error"),
        ("goodbye", Array("1".utf8), "transport close"),
    ]

    @Test(arguments: badBodies)
    func endedByBody(name: String, body: [UInt8], reason: String) throws {
        try TestServer.run(EngineConfiguration(maxPacketsPerPayload: 4)) { server in
            let (poll, sid) = try server.openPolling()
            poll.get("EIO=4&transport=polling&sid=\(sid)")
            let wire = try server.connect()
            wire.send(Wire.post(sid, body))
            #expect(wire.answer()?.body == "ok")
            #expect(poll.answer()?.body == (name == "goodbye" ? "6" : "1"))
            let events = server.application.takeEvents()
            #expect(events.last == "closed \(reason)")
            #expect(events.filter { $0.hasPrefix("closed") }.count == 1)
            wire.get("EIO=4&transport=polling&sid=\(sid)")
            #expect(wire.answer()?.body == #"{"code":1,"message":"Session ID unknown"}"#)
        }
    }

    @Test("Packets that mean nothing here are passed over", arguments: ["0", "3", "5", "6", "3probe"])
    func meaningless(packet: String) throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.post(sid, "\(packet)\u{1E}4after")
            #expect(wire.answer()?.body == "ok")
            #expect(server.application.takeEvents() == ["open", "text after"])
        }
    }

    @Test("Binary content is refused and ends the session")
    func octetStream() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            let head = Wire.request(
                "POST", "EIO=4&transport=polling&sid=\(sid)",
                headers: ["Content-Type: application/octet-stream", "Content-Length: 2"])
            wire.send(head + "4x")
            #expect(wire.answer()?.status == 400)
            #expect(server.application.takeEvents() == ["open", "closed transport error"])
        }
    }

    @Test("A body over the limit is refused; the session lives", arguments: [1, 7, 20])
    func tooLarge(piece: Int) throws {
        try TestServer.run(EngineConfiguration(maxPayload: 10)) { server in
            let (wire, sid) = try server.openPolling()
            wire.send(Wire.post(sid, Array("4123456789".utf8)))
            #expect(wire.answer()?.body == "ok")
            let other = try server.connect()
            let request = Wire.post(sid, Array("412345678901234567890".utf8))
            var rest = request[...]
            while !rest.isEmpty {
                other.send(Array(rest.prefix(piece)))
                rest = rest.dropFirst(piece)
            }
            let answer = try #require(other.answer())
            #expect(answer.status == 413)
            #expect(answer.body == "")
            #expect(answer.headers["connection"] == "close")
            server.advance(1_100)
            #expect(!other.isOpen)
            wire.post(sid, "4again")
            #expect(wire.answer()?.body == "ok")
            #expect(server.application.takeEvents() == ["open", "text 123456789", "text again"])
        }
    }

    @Test("A client that goes away while its poll is held has left")
    func droppedPoll() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.get("EIO=4&transport=polling&sid=\(sid)")
            wire.drop()
            #expect(server.application.takeEvents() == ["open", "closed transport error"])
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test("A connection between two polls may go away; the session lives")
    func droppedIdleConnection() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.drop()
            let next = try server.connect()
            next.post(sid, "4still here")
            #expect(next.answer()?.body == "ok")
            #expect(server.application.takeEvents() == ["open", "text still here"])
        }
    }

    @Test func droppedBody() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.send(Array(Wire.post(sid, Array("4hello".utf8)).dropLast(2)))
            wire.drop()
            #expect(server.application.takeEvents() == ["open", "closed transport error"])
        }
    }

    @Test("A whole conversation, one byte at a time")
    func bytewise() throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.sendBytewise(Array(Wire.request("GET", "EIO=4&transport=polling").utf8))
            let sid = try TestServer.sid(in: try #require(wire.answer()).body)
            wire.sendBytewise(Wire.post(sid, Array("4é\u{1E}bAQ==".utf8)))
            #expect(wire.answer()?.body == "ok")
            wire.sendBytewise(Array(Wire.request("GET", "EIO=4&transport=polling&sid=\(sid)").utf8))
            #expect(wire.answer() == nil)
            try server.session.send(.text(Array("4hi".utf8)))
            #expect(wire.answer()?.body == "4hi")
            #expect(server.application.takeEvents() == ["open", "text é", "binary [1]"])
        }
    }
}
