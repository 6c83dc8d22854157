internal import NIOCore
internal import Synchronization
internal import Testing
internal import WebSocketProtocol

@testable internal import SocketIOClient

private let openPacket =
    #"0{"sid":"abc","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":100}"#

/// A server is a peer like any other: whatever it says, the client ends with an error, not with a trap.
@Suite(.timeLimit(.minutes(5))) struct HostileServerTests {
    /// Runs a client against a script, and returns what its first attempt to connect came to.
    private func failure(
        of way: Way, _ change: (inout SocketClient.Configuration) -> Void = { _ in },
        _ script: @escaping ScriptedServer.Script
    ) async throws -> String {
        let server = try await ScriptedServer(script)
        var configuration = way.configuration
        configuration.timeout = .seconds(10)
        change(&configuration)
        let client = try SocketClient(server.url, configuration, logger: RunningServer.logger)
        var what = "connected"
        do {
            try await client.connect()
        } catch {
            what = "\(error)"
        }
        client.disconnect()
        try await server.stop()
        return what
    }

    @Test(arguments: [
        ("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "HTTP 400"),
        ("HTTP/1.1 302 Found\r\nLocation: /socket.io/\r\nContent-Length: 0\r\n\r\n", "HTTP 302"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "emptyPacket"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n4x", "packet message"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n0x", "open packet"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n9", "unknownPacketType"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbAAA=", "unknownPacketType"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\u{1E}\u{1E}", "emptyPacket"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999999\r\n\r\n", "connection failed"),
        ("not HTTP at all\r\n\r\n", "connection failed"), ("\u{0}\u{0}\u{0}\u{0}", "connection failed"),
    ])
    func brokenAnswersToAPoll(_ answer: String, _ expected: String) async throws {
        let what = try await failure(of: .polling) { _, connection in
            connection.write(answer)
            if !answer.hasPrefix("HTTP") { connection.close() }
        }
        #expect(what.contains(expected), "\(what)")
    }

    @Test func anAnswerOfAnySizeIsRefusedAtItsBound() async throws {
        let what = try await failure(of: .polling) {
            $0.maxMessageBytes = 1_000
        } _: { _, connection in
            connection.answer("200 OK", String(repeating: "4", count: 5_000))
        }
        #expect(what.contains("more than 1000 bytes"), "\(what)")
    }

    @Test func tooManyPacketsInAPayload() async throws {
        let what = try await failure(of: .polling) {
            $0.maxPacketsPerPayload = 10
        } _: { _, connection in
            connection.answer("200 OK", openPacket + String(repeating: "\u{1E}6", count: 50))
        }
        // The session opened; it is the CONNECT that never comes.
        #expect(
            what.contains("disconnected") || what.contains("timeout") || what.contains("failed"), "\(what)")
    }

    @Test(arguments: [
        ("HTTP/1.1 404 Not Found\r\n\r\n", "HTTP 404"), ("HTTP/1.1 101\r\n\r\n", "upgradeNotWebSocket"),
        ("HTTP/1.1 abc\r\n\r\n", "malformedHead"), ("\r\n\r\n\r\n", "malformedHead"),
    ])
    func brokenHandshakes(_ answer: String, _ expected: String) async throws {
        let what = try await failure(of: .webSocket) { _, connection in connection.write(answer) }
        #expect(what.contains(expected), "\(what)")
    }

    @Test func aWrongAcceptIsRefused() async throws {
        let what = try await failure(of: .webSocket) { request, connection in
            guard request.hasPrefix("GET") else { return }
            connection.acceptWebSocket(request) { _ in "dGhlIHNhbXBsZSBub25jZQ==" }
        }
        #expect(what.contains("wrongAccept"), "\(what)")
    }

    @Test func anEndlessHeadIsRefused() async throws {
        let what = try await failure(of: .webSocket) { request, connection in
            guard request.hasPrefix("GET") else { return }
            connection.write("HTTP/1.1 101 X\r\n" + String(repeating: "A: b\r\n", count: 10_000))
        }
        #expect(what.contains("headTooLong"), "\(what)")
    }

    private static let frames: [([UInt8], String)] = [
        ([0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0], "must not be masked"),
        ([0x82, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "payload length above"),
        ([0x82, 0x7F, 0, 0, 0, 0xFF, 0, 0, 0, 0], "too big"),
        ([0x83, 0x01, 0x00], "reserved opcode"), ([0xC1, 0x01, 0x30], "reserved bits"),
        ([0x81, 0x01, 0xFF], "UTF-8"), ([0x81, 0x00], "emptyPacket"),
        ([0x81, 0x01, 0x58], "unknownPacketType"),
        ([0x80, 0x00], "continuation"), ([0x88, 0x01, 0x00], "close payload"), ([0x88, 0x00], "1005"),
        ([0x82, 0x01, 0x00], "before the open packet"),
    ]

    @Test(arguments: frames)
    func brokenFrames(_ bytes: [UInt8], _ expected: String) async throws {
        let what = try await failure(of: .webSocket) { request, connection in
            guard request.hasPrefix("GET") else { return }
            connection.acceptWebSocket(request, accept: OpeningHandshake.acceptKey)
            connection.write(bytes)
        }
        #expect(what.contains(expected), "\(what)")
    }

    /// What a server may send over an open session to a client that waits for its CONNECT to be answered.
    @Test(arguments: [
        "40", #"40{"sid":5}"#, #"40["sid"]"#, "4", "49", "42", #"42{"a":1}"#, #"42["connect"]"#, "42[",
        "43[]",
        #"451-["x",{"_placeholder":true,"num":7}]"#, #"4599-["x"]"#, #"499999-["x"]"#,
        #"42["a"]x"#, #"40{"sid":"a"}x"#, "44[]", "42" + String(repeating: "[", count: 5_000),
        #"4299999999999999999999["x"]"#,
    ])
    func brokenPackets(_ packet: String) async throws {
        let server = try await ScriptedServer { request, connection in
            guard request.hasPrefix("GET") else { return }
            connection.acceptWebSocket(request, accept: OpeningHandshake.acceptKey)
            connection.frame(1, Array(openPacket.utf8))
            connection.frame(1, Array(packet.utf8))
        }
        let client = try Way.webSocket.client(server.url)
        let reasons = Signals<ClientDisconnectReason>()
        client.onEvent { if case .disconnected(let reason) = $0 { reasons.send(reason) } }
        client.socket().open()
        #expect(await reasons.next() == .parseError)
        client.disconnect()
        try await server.stop()
    }

    @Test func binaryOutOfPlaceEndsTheConnection() async throws {
        let server = try await ScriptedServer { request, connection in
            guard request.hasPrefix("GET") else { return }
            connection.acceptWebSocket(request, accept: OpeningHandshake.acceptKey)
            connection.frame(1, Array(openPacket.utf8))
            connection.frame(2, [1, 2, 3])
        }
        let client = try Way.webSocket.client(server.url)
        let reasons = Signals<ClientDisconnectReason>()
        client.onEvent { if case .disconnected(let reason) = $0 { reasons.send(reason) } }
        client.socket().open()
        #expect(await reasons.next() == .parseError)
        client.disconnect()
        try await server.stop()
    }

    @Test func aServerThatSaysNothingIsGivenUp() async throws {
        for way in [Way.polling, .webSocket] {
            let what = try await failure(of: way) {
                $0.timeout = .milliseconds(50)
            } _: { _, _ in
            }
            #expect(what.contains("timeout"), "\(what)")
        }
    }

    @Test func aSilentServerIsNoticedByItsMissingPing() async throws {
        let server = try await ScriptedServer { request, connection in
            guard request.hasPrefix("GET") else { return }
            connection.acceptWebSocket(request, accept: OpeningHandshake.acceptKey)
            connection.frame(
                1, Array(#"0{"sid":"abc","upgrades":[],"pingInterval":20,"pingTimeout":10}"#.utf8))
            connection.frame(1, Array(#"40{"sid":"x"}"#.utf8))
        }
        let client = try Way.webSocket.client(server.url)
        let reasons = Signals<ClientDisconnectReason>()
        let socket = client.socket()
        socket.onDisconnect { reasons.send($0) }
        try await socket.connect()
        #expect(await reasons.next() == .pingTimeout)
        client.disconnect()
        try await server.stop()
    }

    /// The upgrade fails; the session goes on polling.
    @Test func aBrokenProbeLeavesThePolling() async throws {
        let polls = Mutex(0)
        let server = try await ScriptedServer { request, connection in
            if request.contains("Upgrade: websocket") {
                connection.acceptWebSocket(request, accept: OpeningHandshake.acceptKey)
                connection.frame(1, Array("3nonsense".utf8))
            } else if request.hasPrefix("POST") {
                connection.answer("200 OK", "ok")
            } else if request.hasPrefix("GET") {
                let number = polls.withLock { polls in
                    polls += 1
                    return polls
                }
                switch number {
                case 1:
                    connection.answer(
                        "200 OK",
                        #"0{"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}"#)
                case 2: connection.answer("200 OK", #"40{"sid":"x"}"#)
                case 3..<20: connection.answer("200 OK", "6")
                case 20: connection.answer("200 OK", #"42["done",1]"#)
                default: break
                }
            }
        }
        let client = try Way.upgrade.client(server.url)
        let socket = client.socket()
        let done = Signals<Bool>()
        socket.on(Event<Int>("done")) { _ in done.send(true) }
        try await socket.connect()
        #expect(await done.next() == true)
        #expect(socket.isConnected)
        client.disconnect()
        try await server.stop()
    }

    @Test func cookiesOfTheHandshakeComeBackWhenAskedFor() async throws {
        for keeps in [true, false] {
            let seen = Signals<Bool>()
            let server = try await ScriptedServer { request, connection in
                if request.hasPrefix("POST") {
                    seen.send(request.contains("Cookie: io=abc"))
                    connection.answer("200 OK", "ok")
                } else if !request.contains("sid=") {
                    connection.answer("200 OK", openPacket, headers: "Set-Cookie: io=abc; HttpOnly\r\n")
                }
            }
            var configuration = Way.polling.configuration
            configuration.keepsCookies = keeps
            let client = try SocketClient(server.url, configuration, logger: RunningServer.logger)
            client.socket().open()
            #expect(await seen.next() == keeps)
            client.disconnect()
            try await server.stop()
        }
    }

    /// `maxPayload` is 100 here: no POST may be longer.
    @Test func postsRespectMaxPayload() async throws {
        let bodies = Signals<String>()
        let server = try await ScriptedServer { request, connection in
            if request.hasPrefix("POST") {
                let body = request.firstRange(of: "\r\n\r\n").map { String(request[$0.upperBound...]) } ?? ""
                bodies.send(body)
                connection.answer("200 OK", "ok")
            } else if !request.contains("sid=") {
                connection.answer("200 OK", openPacket + "\u{1E}" + #"40{"sid":"x"}"#)
            }
        }
        let client = try Way.polling.client(server.url)
        let socket = client.socket()
        let tooLarge = Signals<Bool>()
        socket.onConnect { _ in
            do {
                try await socket.send(Event<String>("e"), String(repeating: "x", count: 200))
            } catch ClientError.packetTooLarge {
                tooLarge.send(true)
            }
        }
        socket.open()
        for number in 0..<10 {
            socket.emit(Event<String>("e"), "\(number)" + String(repeating: "x", count: 30))
        }
        #expect(await tooLarge.next() == true)
        var seen = ""
        while seen.split(separator: "\u{1E}").count < 11 {
            guard let body = await bodies.next() else { break }
            #expect(body.utf8.count <= 100)
            seen += (seen.isEmpty ? "" : "\u{1E}") + body
        }
        client.disconnect()
        try await server.stop()
    }
}
