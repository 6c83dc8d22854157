internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization
internal import Testing

@testable internal import EngineIO

/// The application's say: the hooks of a handshake, headers, the log of refusals.
struct EngineHooksTests {
    private struct Failure: Error {}

    private static let open = "EIO=4&transport=polling"
    private static let webSocket = "EIO=4&transport=websocket"

    private static func configuration(_ change: (inout EngineHooks) -> Void) -> EngineConfiguration {
        var configuration = EngineConfiguration()
        change(&configuration.hooks)
        return configuration
    }

    // MARK: - allowRequest

    static let refusals: [(@Sendable (HandshakeRequest) async throws -> RequestDecision, String)] = [
        ({ _ in .refuse("Nobody today") }, "Nobody today"), ({ _ in .refuse() }, "Forbidden"),
        ({ _ in throw Failure() }, "Forbidden"),
        ({ $0.head.headers.contains(name: "x-key") ? .allow : .refuse("no \"key\"") }, #"no \"key\""#),
    ]

    @Test("A refusal is 403 and code 4 by polling, 400 and the text on an upgrade", arguments: 0..<4)
    func refused(row: Int) throws {
        let (hook, text) = Self.refusals[row]
        try TestServer.run(Self.configuration { $0.allowRequest = hook }) { server in
            let wire = try server.connect()
            wire.get(Self.open)
            let answer = try #require(wire.answer())
            #expect(answer.status == 403)
            #expect(answer.body == #"{"code":4,"message":"\#(text)"}"#)
            #expect(wire.isOpen)
            let upgrade = try server.connect()
            upgrade.upgrade(Self.webSocket)
            let refused = try #require(upgrade.answer())
            #expect(refused.status == 400)
            #expect(refused.body == text.filter { $0 != "\\" })
            #expect(!upgrade.isOpen)
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test("It is asked once a session, not for its polls, posts and upgrades")
    func onceASession() throws {
        let asked = Counter()
        let hooks = Self.configuration {
            $0.allowRequest = { _ in
                asked.add()
                return .allow
            }
        }
        try TestServer.run(hooks) { server in
            let (wire, sid) = try server.openPolling()
            wire.post(sid, "4x")
            #expect(wire.answer()?.body == "ok")
            _ = try server.openProbe(sid)
            #expect(asked.count == 1)
            _ = try server.openWebSocket()
            #expect(asked.count == 2)
            wire.get("EIO=4&transport=nonsense")
            #expect(wire.answer()?.status == 400)
            #expect(asked.count == 2)
        }
    }

    @Test("While it waits the session does not exist; then it opens", arguments: [false, true])
    func waits(upgrade: Bool) throws {
        let hold = HeldHook()
        let hooks = Self.configuration {
            $0.allowRequest = { _ in
                await hold.wait()
                return .allow
            }
        }
        try TestServer.run(hooks) { server in
            let wire = try server.connect()
            if upgrade {
                // Frames that come before the 101 are kept for the WebSocket.
                wire.send(Array(Wire.upgrade(Self.webSocket).utf8) + Frame.client(0x81, "4early"))
            } else {
                wire.send(Wire.request("GET", Self.open) + Wire.request("GET", "EIO=4&transport=x"))
            }
            #expect(wire.bytes().isEmpty)
            #expect(hold.count == 1)
            #expect(server.engine.sessionCount == 0)
            hold.release()
            #expect(wire.answer()?.status == (upgrade ? 101 : 200))
            #expect(server.engine.sessionCount == 1)
            if upgrade {
                #expect(server.application.takeEvents() == ["open", "text early"])
            } else {
                #expect(wire.answer()?.status == 400)
            }
        }
    }

    @Test("A client that goes away cancels it, and nothing opens", arguments: [open, webSocket])
    func clientGone(query: String) throws {
        let hold = HeldHook()
        let hooks = Self.configuration {
            $0.allowRequest = { _ in
                await hold.wait()
                return .allow
            }
        }
        try TestServer.run(hooks) { server in
            let wire = try server.connect()
            query == Self.open ? wire.get(query) : wire.upgrade(query)
            #expect(hold.count == 1)
            wire.drop()
            server.advance(0)
            #expect(hold.cancelled == 1)
            #expect(server.engine.sessionCount == 0)
            #expect(server.application.takeEvents().isEmpty)
        }
    }

    @Test("One that does not end is cancelled after its time", arguments: [open, webSocket])
    func timeout(query: String) throws {
        let hold = HeldHook()
        let hooks = Self.configuration {
            $0.timeout = .milliseconds(700)
            $0.allowRequest = { _ in
                await hold.wait()
                return .allow
            }
        }
        try TestServer.run(hooks) { server in
            let wire = try server.connect()
            query == Self.open ? wire.get(query) : wire.upgrade(query)
            server.advance(680)
            #expect(wire.bytes().isEmpty)
            server.advance(40)
            #expect(wire.answer()?.status == 400)
            #expect(hold.cancelled == 1)
            #expect(wire.isOpen == (query == Self.open))
            #expect(server.engine.sessionCount == 0)
        }
    }

    // MARK: - Ids, headers, the log

    @Test("Sessions have the ids that the application makes")
    func generateID() throws {
        let made = Counter()
        let hooks = Self.configuration {
            $0.generateID = { _ in
                made.add()
                return "my-id_\(made.count)"
            }
        }
        try TestServer.run(hooks) { server in
            let (wire, sid) = try server.openPolling()
            #expect(sid == "my-id_1")
            wire.post(sid, "4x")
            #expect(wire.answer()?.body == "ok")
            let socket = try server.connect()
            socket.upgrade(Self.webSocket)
            #expect(try socket.takeUpgradeAnswer() == 101)
            #expect(try TestServer.sid(in: try #require(socket.frames().first).text) == "my-id_2")
            wire.get(Self.open + "&sid=my-id_9")
            #expect(wire.answer()?.body == #"{"code":1,"message":"Session ID unknown"}"#)
        }
    }

    @Test(
        "An id that cannot be used is code 3",
        arguments: [
            "", "a b", "a\"b", "é", "a\r\nb", "../x", "same", String(repeating: "x", count: 129), "throw",
        ])
    func unusableID(id: String) throws {
        let reasons = Counter()
        let hooks = Self.configuration {
            $0.generateID = { request in
                if request.head.headers.contains(name: "x-first") { return "same" }
                if id == "throw" { throw Failure() }
                return id
            }
            $0.connectionError = { reasons.add($0.context + ($0.error == nil ? "" : " thrown")) }
        }
        try TestServer.run(hooks) { server in
            let first = try server.connect()
            first.get(Self.open, headers: ["X-First: 1"])
            #expect(first.answer()?.status == 200)
            let wire = try server.connect()
            wire.get(Self.open)
            #expect(wire.answer()?.body == #"{"code":3,"message":"Bad request"}"#)
            let socket = try server.connect()
            socket.upgrade(Self.webSocket)
            #expect(socket.answer()?.status == 400)
            #expect(server.engine.sessionCount == 1)
            let expected = "ID_GENERATION_ERROR" + (id == "throw" ? " thrown" : "")
            #expect(reasons.notes == [expected, expected])
        }
    }

    @Test("The first answer's headers and every answer's; illegal ones are left out")
    func headers() throws {
        let hooks = Self.configuration {
            $0.initialHeaders = { headers, request in
                headers.add(name: "X-Once", value: request.head.headers.first(name: "host") ?? "")
                headers.add(name: "Set-Cookie", value: "mine=1")
            }
            $0.headers = { headers, _ in
                headers.add(name: "X-Always", value: "yes")
                headers.add(name: "X-Split", value: "a\r\nX-Evil: 1")
                headers.add(name: "X Bad", value: "1")
                headers.add(name: "Content-Length", value: "1")
            }
        }
        try TestServer.run(hooks) { server in
            let wire = try server.connect()
            wire.get(Self.open)
            let opened = try #require(wire.answer())
            let sid = try TestServer.sid(in: opened.body)
            wire.post(sid, "4x")
            let posted = try #require(wire.answer())
            #expect(posted.body == "ok")
            let socket = try server.connect()
            socket.upgrade(Self.webSocket)
            let switched = try #require(socket.answer())
            let probe = try server.connect()
            probe.upgrade(Self.webSocket + "&sid=\(sid)")
            let upgraded = try #require(probe.answer())
            for (answer, isFirst) in [(opened, true), (posted, false), (switched, true), (upgraded, false)] {
                #expect(answer.headers["x-once"] == (isFirst ? "chat.example" : nil))
                #expect(answer.headers["set-cookie"] == (isFirst ? "mine=1" : nil))
                #expect(answer.headers["x-always"] == "yes")
                for name in ["x-split", "x-evil", "x bad"] { #expect(answer.headers[name] == nil) }
            }
        }
    }

    @Test("Every refusal is told, by the reference's names")
    func connectionError() throws {
        let log = Counter()
        let hooks = Self.configuration {
            $0.connectionError = { log.add("\($0.code) \($0.context)") }
        }
        try TestServer.run(hooks) { server in
            let (wire, sid) = try server.openPolling()
            for (query, headers, note) in [
                ("transport=x", [], "0 UNKNOWN_TRANSPORT"),
                (Self.open + "&sid=abcdefghij0123456789", [], "1 UNKNOWN_SID"),
                (Self.webSocket, [], "3 TRANSPORT_HANDSHAKE_ERROR"),
                (Self.webSocket + "&sid=\(sid)", [], "3 TRANSPORT_MISMATCH"),
                (Self.open, ["Origin: https://evil.example"], "4 FORBIDDEN"),
                (Self.open, ["Origin: https://\u{E9}vil.example"], "3 INVALID_ORIGIN"),
                ("EIO=9&transport=polling", [], "5 UNSUPPORTED_PROTOCOL_VERSION"),
            ] as [(String, [String], String)] {
                wire.get(query, headers: headers)
                #expect(wire.answer() != nil)
                #expect(log.takeNotes() == [note])
            }
            let socket = try server.connect()
            socket.upgrade("transport=x")
            #expect(socket.answer()?.status == 400)
            wire.send(Wire.request("PUT", Self.open))
            #expect(log.takeNotes() == ["0 UNKNOWN_TRANSPORT", "2 BAD_HANDSHAKE_METHOD"])
        }
    }

    @Test("A first message of the server's own comes with the open packet")
    func initialPacket() throws {
        var configuration = EngineConfiguration()
        configuration.initialPacket = .text(Array("4welcome".utf8))
        try TestServer.run(configuration) { server in
            let wire = try server.connect()
            wire.get(Self.open)
            let body = try #require(wire.answer()).body
            #expect(body.hasPrefix("0{") && body.hasSuffix("}\u{1E}4welcome"))
            let socket = try server.connect()
            socket.upgrade(Self.webSocket)
            #expect(try socket.takeUpgradeAnswer() == 101)
            #expect(socket.packets().last == "4welcome")
        }
    }
}
