internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import Testing

@testable internal import EngineIO

/// What stands before the engine: asynchronous functions that see every request of every transport.
struct MiddlewareTests {
    private struct Failure: Error {}

    private static let open = "EIO=4&transport=polling"
    private static let webSocket = "EIO=4&transport=websocket"

    private static func configuration(_ change: (inout EngineHooks) -> Void) -> EngineConfiguration {
        var configuration = EngineConfiguration()
        change(&configuration.hooks)
        return configuration
    }

    @Test("They run in order for every request, and add headers to its answer")
    func middlewares() throws {
        let seen = Counter()
        let hooks = Self.configuration {
            $0.use { request, headers in
                seen.add(request.head.method.rawValue)
                headers.add(name: "X-First", value: "1")
                headers.add(name: "Cache-Control", value: "private")
                return .next
            }
            $0.use { _, headers in
                headers.add(name: "X-Second", value: headers.first(name: "x-first") ?? "none")
                return .next
            }
        }
        try TestServer.run(hooks) { server in
            let wire = try server.connect()
            wire.get(Self.open)
            let opened = try #require(wire.answer())
            let sid = try TestServer.sid(in: opened.body)
            wire.post(sid, "4x")
            let posted = try #require(wire.answer())
            for answer in [opened, posted] {
                #expect(answer.headers["x-first"] == "1")
                #expect(answer.headers["x-second"] == "1")
                #expect(answer.headers["cache-control"] == "private")
            }
            let probe = try server.connect()
            probe.upgrade(Self.webSocket + "&sid=\(sid)")
            let switched = try #require(probe.answer())
            #expect(switched.status == 101)
            #expect(switched.headers["x-second"] == "1")
            #expect(seen.notes == ["GET", "POST", "GET"])
        }
    }

    @Test(
        "One may answer, refuse or throw; those after it and the engine hear nothing",
        arguments: [open, webSocket])
    func middlewareEnds(query: String) throws {
        let later = Counter()
        let hooks = Self.configuration {
            $0.use { request, headers in
                headers.add(name: "X-Early", value: "yes")
                switch request.head.headers.first(name: "x-want") {
                case "answer":
                    return .answer(
                        EngineResponse(
                            status: .imATeapot, headers: ["X-Tea": "green", "Content-Length": "99"],
                            body: ByteBuffer(string: "tea")))
                case "refuse": return .refuse("not you")
                default: throw Failure()
                }
            }
            $0.use { _, _ in
                later.add()
                return .next
            }
        }
        let isUpgrade = query == Self.webSocket
        try TestServer.run(hooks) { server in
            for (want, status, body) in [
                ("answer", 418, "tea"),
                ("refuse", isUpgrade ? 400 : 403, isUpgrade ? "not you" : #"{"code":4,"message":"not you"}"#),
                ("throw", 400, isUpgrade ? "Bad request" : #"{"code":3,"message":"Bad request"}"#),
            ] {
                let wire = try server.connect()
                let headers = ["X-Want: \(want)"]
                isUpgrade ? wire.upgrade(query, headers: headers) : wire.get(query, headers: headers)
                let answer = try #require(wire.answer())
                #expect(answer.status == status)
                #expect(answer.body == body)
                #expect(wire.isOpen == !isUpgrade)
                if want == "answer" {
                    #expect(answer.headers["x-tea"] == "green")
                    #expect(answer.headers["x-early"] == "yes")
                }
            }
            #expect(later.count == 0)
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test("What is no HTTP is refused after the requests that came before it")
    func nonsenseWhileWaiting() throws {
        let hold = HeldHook()
        let hooks = Self.configuration {
            $0.use { _, _ in
                await hold.wait()
                return .next
            }
        }
        try TestServer.run(hooks) { server in
            let wire = try server.connect()
            wire.send(Wire.request("GET", Self.open) + "nonsense\r\n\r\n")
            #expect(wire.bytes().isEmpty)
            #expect(wire.isOpen)
            hold.release()
            #expect(wire.answer()?.status == 200)
            #expect(wire.answer()?.status == 400)
            #expect(!wire.isOpen)
        }
    }

    @Test("What comes while one waits is kept, in order", arguments: [true, false])
    func middlewareWaits(refuses: Bool) throws {
        let hold = HeldHook()
        let hooks = Self.configuration {
            $0.use { request, _ in
                guard request.head.method == .POST else { return .next }
                await hold.wait()
                return refuses ? .refuse("no") : .next
            }
        }
        try TestServer.run(hooks) { server in
            let (wire, sid) = try server.openPolling()
            let post = Wire.post(sid, Array("4hello".utf8))
            for piece in [post[..<120], post[120...]] { wire.send(Array(piece)) }
            wire.send(post + Array(Wire.request("GET", "EIO=4&transport=x").utf8))
            #expect(wire.bytes().isEmpty)
            for _ in 0..<2 {
                #expect(hold.count == 1)
                hold.release()
                let answer = try #require(wire.answer())
                #expect(answer.status == (refuses ? 403 : 200))
            }
            #expect(wire.answer()?.status == 400)
            #expect(wire.isOpen)
            let events = server.application.takeEvents()
            #expect(events == (refuses ? ["open"] : ["open", "text hello", "text hello"]))
        }
    }

    @Test("A client that goes away cancels a waiting middleware")
    func goneDuringMiddleware() throws {
        let hold = HeldHook()
        let hooks = Self.configuration {
            $0.use { request, _ in
                await hold.wait()
                return .next
            }
        }
        try TestServer.run(hooks) { server in
            let wire = try server.connect()
            wire.get(Self.open)
            #expect(hold.count == 1)
            wire.drop()
            #expect(hold.cancelled == 1)
            server.advance(20_000)
            let patient = try server.connect()
            patient.get(Self.open)
            server.advance(10_050)
            #expect(patient.answer()?.body == #"{"code":3,"message":"Bad request"}"#)
            #expect(hold.cancelled == 2)
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test("A preflight is answered before them, unless they are to answer it", arguments: [false, true])
    func preflight(continues: Bool) throws {
        let seen = Counter()
        var configuration = Self.configuration {
            $0.use { request, _ in
                seen.add(request.head.method.rawValue)
                return request.head.method == .OPTIONS ? .answer(EngineResponse(status: .accepted)) : .next
            }
        }
        configuration.origins = .list(["https://app.example"])
        configuration.cors.preflightContinue = continues
        try TestServer.run(configuration) { server in
            let wire = try server.connect()
            wire.send(Wire.request("OPTIONS", Self.open, headers: ["Origin: https://app.example"]))
            let answer = try #require(wire.answer())
            #expect(answer.status == (continues ? 202 : 204))
            #expect(answer.headers["access-control-allow-origin"] == "https://app.example")
            #expect(seen.count == (continues ? 1 : 0))
        }
    }
}
