internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import Testing

@testable internal import EngineIO

/// How many sessions are taken, and what those hear who come too many.
struct AdmissionTests {
    private static let open = "EIO=4&transport=polling"

    private static func configuration(_ change: (inout AdmissionLimits) -> Void) -> EngineConfiguration {
        var configuration = EngineConfiguration()
        change(&configuration.admission)
        return configuration
    }

    private static func refusal(_ text: String) -> String { #"{"code":6,"message":"\#(text)"}"# }

    @Test("As many sessions as may be; one that ends makes room", arguments: [false, true])
    func maxSessions(withHook: Bool) throws {
        var configuration = Self.configuration {
            $0.maxSessions = 2
            $0.retryAfter = 7
        }
        if withHook { configuration.hooks.allowRequest = { _ in .allow } }
        try TestServer.run(configuration) { server in
            let (_, _) = try server.openPolling()
            let socket = try server.openWebSocket()
            let wire = try server.connect()
            wire.get(Self.open)
            let answer = try #require(wire.answer())
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "7")
            #expect(answer.body == Self.refusal("Too many sessions"))
            let upgrade = try server.connect()
            upgrade.upgrade("EIO=4&transport=websocket")
            let refused = try #require(upgrade.answer())
            #expect(refused.status == 503)
            #expect(refused.headers["retry-after"] == "7")
            #expect(refused.body == "Too many sessions")
            socket.drop()
            wire.get(Self.open)
            #expect(wire.answer()?.status == 200)
            wire.get(Self.open)
            #expect(wire.answer()?.status == 503)
        }
    }

    @Test("A handshake that its hook refuses, or whose client goes away, keeps no place")
    func placesComeBack() throws {
        let hold = HeldHook()
        var configuration = Self.configuration { $0.maxSessions = 1 }
        configuration.hooks.allowRequest = { request in
            if request.head.headers.contains(name: "x-bad") { return .refuse() }
            if request.head.headers.contains(name: "x-slow") { await hold.wait() }
            return .allow
        }
        try TestServer.run(configuration) { server in
            let wire = try server.connect()
            for _ in 0..<3 {
                wire.get(Self.open, headers: ["X-Bad: 1"])
                #expect(wire.answer()?.status == 403)
            }
            let slow = try server.connect()
            slow.get(Self.open, headers: ["X-Slow: 1"])
            #expect(hold.count == 1)
            wire.get(Self.open)
            #expect(wire.answer()?.status == 503)
            slow.drop()
            wire.get(Self.open)
            #expect(wire.answer()?.status == 200)
        }
    }

    @Test("So many handshakes a second, at most as many at once; requests of live sessions do not count")
    func rate() throws {
        try TestServer.run(Self.configuration { $0.maxHandshakesPerSecond = 4 }) { server in
            let wire = try server.connect()
            func statuses(_ count: Int) -> [Int] {
                (0..<count).compactMap { _ in
                    wire.get(Self.open)
                    return wire.answer()?.status
                }
            }
            #expect(statuses(6) == [200, 200, 200, 200, 503, 503])
            server.advance(250)
            #expect(statuses(2) == [200, 503])
            server.advance(10_000)
            #expect(statuses(5) == [200, 200, 200, 200, 503])
            try server.session.send(.text(Array("4x".utf8)))
            wire.post(try server.session.id, "4x")
            #expect(wire.answer()?.body == "ok")
        }
    }

    @Test(
        "Who counts as one address",
        arguments: [
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("192.0.2.1", "::ffff:192.0.2.1", true), ("2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3", true),
            ("2001:db8:1:2::1", "2001:db8:1:3::1", false), ("::1", "0.0.0.1", false),
        ])
    func addresses(first: String, second: String, same: Bool) throws {
        let configuration = Self.configuration {
            $0.maxSessionsPerAddress = 1
            $0.clientAddress = { $0.head.headers.first(name: "x-forwarded-for") }
        }
        try TestServer.run(configuration) { server in
            let wire = try server.connect()
            wire.get(Self.open, headers: ["X-Forwarded-For: \(first)"])
            let sid = try TestServer.sid(in: try #require(wire.answer()).body)
            wire.get(Self.open, headers: ["X-Forwarded-For: \(second)"])
            let answer = try #require(wire.answer())
            #expect(answer.status == (same ? 429 : 200))
            if same { #expect(answer.body == Self.refusal("Too many sessions from this address")) }
            // What is no address counts as the connection's own.
            wire.get(Self.open, headers: ["X-Forwarded-For: unknown"])
            #expect(wire.answer()?.status == (first == "192.0.2.1" ? 429 : 200))
            wire.post(sid, "1")
            #expect(wire.answer()?.body == "ok")
            wire.get(Self.open, headers: ["X-Forwarded-For: \(first)"])
            #expect(wire.answer()?.status == 200)
        }
    }

    @Test("An address that has nothing is not remembered")
    func addressCounter() throws {
        let counter = AddressCounter(limit: 2)
        let key = try #require(AddressKey(text: "192.0.2.1"))
        #expect(AddressKey(text: "x") == nil)
        #expect(AddressKey(nil) == nil)
        #expect(AddressKey(try SocketAddress(unixDomainSocketPath: "/x")) == nil)
        counter.remove(key)
        #expect([counter.add(key), counter.add(key), counter.add(key)] == [true, true, false])
        counter.remove(key)
        #expect(counter.add(key))
        counter.remove(key)
        counter.remove(key)
        #expect(counter.addressCount == 0)
        #expect(!AddressCounter(limit: 0).add(key))
    }

    @Test("A bucket of handshakes", arguments: [1, 3, 1_000_000_000])
    func bucket(perSecond: Int) {
        var rate = HandshakeRate(perSecond: perSecond, now: 0)
        func take(_ now: Int64) -> Bool { rate.take(now: now) }
        for _ in 0..<min(perSecond, 10) { #expect(take(0)) }
        #expect(take(-5) == (perSecond > 10))
        if perSecond == 3 {
            #expect([take(333), take(334), take(334), take(.max)] == [false, true, false, true])
        }
        rate = HandshakeRate(perSecond: 0, now: 0)
        #expect(!take(1_000_000))
    }

    @Test("A server that drains takes no new sessions and keeps the old ones")
    func draining() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            server.engine.acceptsHandshakes = false
            let other = try server.connect()
            other.get(Self.open)
            let answer = try #require(other.answer())
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "5")
            #expect(answer.body == Self.refusal("Server is shutting down"))
            wire.post(sid, "4x")
            #expect(wire.answer()?.body == "ok")
            let probe = try server.openProbe(sid)
            #expect(probe.isOpen)
            server.engine.acceptsHandshakes = true
            other.get(Self.open)
            #expect(other.answer()?.status == 200)
        }
    }
}
