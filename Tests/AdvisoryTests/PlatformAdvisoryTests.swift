internal import EngineIO
internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import SocketIO
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

/// Advisories of what the server stands on, and of other servers in Swift (docs/threat-model.md, T44 to T60; recovery).
@Suite("Advisories: the platform", .serialized, .timeLimit(.minutes(2)))
struct PlatformAdvisoryTests {
    @Test("T44, T51: hooks that pass on what a client sent cannot split an answer")
    func responseSplitting() async throws {
        let configuration = HostileServer.brief { configuration in
            configuration.engine.hooks.headers = { headers, _ in
                headers.add(name: "X-Echo", value: "a\r\nX-Injected: yes")
                headers.add(name: "X Bad", value: "b")
            }
        }
        try await HostileServer.run(configuration) { server in
            let peer = try await server.connect()
            let answer = try await peer.ask("GET", "EIO=4&transport=polling")
            #expect(answer.status == 200)
            #expect(answer.field("x-injected") == nil && answer.field("x-echo") == nil)
            #expect(answer.text.hasPrefix("0{"))
        }
    }

    @Test(
        "T45, T60: targets and methods with bytes that no request has, and targets that are odd",
        arguments: [
            "GET /socket.io/?EIO=4&transport=polling\u{01} HTTP/1.1", "GET /socket.io/?\u{E9} HTTP/1.1",
            "GET /socket.io/?EIO=4&transport=polling HTTP/9.9", "G\u{00}T / HTTP/1.1", "GET  HTTP/1.1",
            "GET /socket.io/%zz%?%% HTTP/1.1", "GET //socket.io//?EIO=4 HTTP/1.1",
            "GET http://[::1/socket.io/?EIO=4 HTTP/1.1", "GET * HTTP/1.1", "CONNECT chat.example:80 HTTP/1.1",
            "PRI * HTTP/2.0", "GET /socket.io/?" + String(repeating: "&=", count: 10_000) + " HTTP/1.1",
        ])
    func oddTargets(_ line: String) async throws {
        try await HostileServer.run { server in
            let peer = try await server.connect()
            await peer.send(line + "\r\nHost: chat.example\r\nConnection: close\r\n\r\n")
            let answer = String(decoding: await peer.bytesToTheEnd(), as: UTF8.self)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(200))")
        }
    }

    @Test(
        "T55: a body's length said twice, or in two ways, is refused: no second request hides in it",
        arguments: [
            ["Content-Length: 2", "Content-Length: 60"], ["Content-Length: 2", "Transfer-Encoding: chunked"],
            ["Content-Length: -1"], ["Content-Length: +2"], ["Transfer-Encoding: chunked, identity"],
            ["Content-Length : 2"],
        ])
    func smuggling(_ fields: [String]) async throws {
        try await HostileServer.run { server in
            let sid = try await server.connect().openPolling()
            let peer = try await server.connect()
            let hidden = "40GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: chat.example\r\n\r\n"
            await peer.send(
                Peer.head(
                    "POST", "EIO=4&transport=polling&sid=\(sid)", fields + ["Content-Type: text/plain"])
                    + hidden)
            let answer = String(decoding: await peer.bytesToTheEnd(), as: UTF8.self)
            #expect(!answer.contains("0{\"sid\""), "the hidden request was answered")
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "), "\(answer.prefix(200))")
        }
    }

    @Test(
        "T56: a compressed POST is refused before anything is inflated", arguments: ["gzip", "deflate", "br"])
    func compressedPost(_ encoding: String) async throws {
        try await HostileServer.run { server in
            let sid = try await server.connect().openPolling()
            let peer = try await server.connect()
            await peer.send(
                Peer.post(
                    sid, [0x1F, 0x8B, 8, 0], ["Content-Type: text/plain", "Content-Encoding: \(encoding)"]))
            #expect(await peer.reply()?.status == 415)
        }
    }

    @Test("T60: numbers that no integer holds are an error of the handler's arguments, not of the process")
    func numbers() async throws {
        try await HostileServer.run(
            setUp: { io in
                io.namespace().on(Request<Int, Int>("add")) { _, number in number &+ 1 }
                    .ackErrors { _ in try? EncodedArguments("bad") }
            },
            { server in
                let peer = try await server.joined()
                for number in [
                    "1e999999", "-1e999999", "9223372036854775808", "1.5", "\"9\"", "[]", "null",
                    String(repeating: "9", count: 100_000),
                ] {
                    await peer.send(.text("421[\"add\",\(number)]"))
                    #expect(await peer.frame() == .text("431[\"bad\"]"), "\(number.prefix(30))")
                }
                await peer.send(.text("422[\"add\",9223372036854775807]"))
                #expect(await peer.frame() == .text("432[-9223372036854775808]"))
            })
    }

    @Test(
        "Claims of a session that was lost: what no log writes is foreign, what is too long is nothing",
        arguments: [
            "", "x", String(repeating: "0", count: 12), String(repeating: "0", count: 14),
            String(repeating: "é", count: 13), String(repeating: "\0", count: 13), "%%%%%%%%%%%%%",
            String(repeating: "9", count: 1_000_000),
        ])
    func recoveryOffset(_ offset: String) {
        #expect(RecoveryClaim(pid: "p", offset: offset)?.offset == .foreign)
        #expect(RecoveryClaim(pid: String(repeating: "p", count: 65), offset: nil) == nil)
        #expect(RecoveryClaim(pid: "", offset: offset) == nil)
    }

    @Test("A private id is good for one session, once; guesses find nothing and change nothing")
    func recoveryReplay() {
        var store = SessionStore<Int, Int>(limits: RecoveryLimits(maxSessions: 100), tag: 7)
        for number in 0..<1_000 {
            let id = SocketID("s\(number)")
            store.connected(id, pid: "p\(number)", place: 0)
            store.disconnected(
                RecoverySession(
                    id: id, pid: "p\(number)", state: number, rooms: [], history: RoomHistory(from: 0),
                    startedAt: 0,
                    lastSent: 0, endedAt: 0, disconnectedAt: 0),
                now: 0)
        }
        #expect(store.awayCount == 100, "as many wait as may")
        for number in 0..<10_000 {
            #expect(
                store.resume(
                    RecoveryClaim(pid: "guess\(number)", offset: RecoveryClaim.Offset.none), place: 0, now: 0)
                    == nil)
        }
        #expect(store.awayCount == 100)
        let claim = RecoveryClaim(pid: "p999", offset: RecoveryClaim.Offset.none)
        #expect(store.resume(claim, place: 0, now: 0) != nil)
        #expect(store.resume(claim, place: 0, now: 0) == nil, "not a second time")
    }
}
