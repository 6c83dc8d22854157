internal import EngineIOProtocol
internal import NIOCore
internal import SocketIO
internal import Testing

@testable internal import SocketIOClient

private let hello = Event<String>("hello")
private let answer = Event<String>("answer")
private let add = Event<Int, Int>("add").returning(Int.self)
private let ask = Event<String>("ask").returning(String.self)
private let blob = Event<String, Bytes>("blob")

/// The client against the real server, over real sockets.
@Suite(.timeLimit(.minutes(5))) struct ServerTests {
    private static func register(_ io: SocketIO) {
        io.namespace()
            .on(hello) { socket, name in socket.emit(answer, "Hi \(name)") }
            .on(add) { _, left, right in left + right }
            .on(blob) { socket, name, bytes in socket.emit(blob, name, Bytes(bytes.bytes.reversed())) }
            .on(Event<Int>("count")) { socket, count in
                for number in 0..<count { socket.emit(answer, "\(number)") }
            }
            .on(Event<String>("ask me")) { socket, text in
                _ = Task {
                    let reply = try await socket.call(ask, text, timeout: .seconds(10))
                    socket.emit(answer, reply)
                }
            }
            .on(Event<Int>("leave")) { socket, _ in socket.disconnect() }
            .on(Event<Int>("drop")) { socket, _ in socket.disconnect(close: true) }
        let secret = io.namespace("/secret") { handshake in
            struct Token: Decodable { let token: String }
            guard try handshake.auth(Token.self).token == "42" else {
                throw ConnectError("no entry", data: ["code": 401])
            }
        }
        secret.on(hello) { socket, name in socket.emit(answer, "Secret \(name)") }
    }

    private func run(_ way: Way, _ body: (SocketClient, RunningServer) async throws -> Void) async throws {
        let server = try await RunningServer(Self.register)
        let client = try way.client(server.url)
        do {
            try await body(client, server)
        } catch {
            client.disconnect()
            try await server.stop()
            throw error
        }
        client.disconnect()
        try await server.stop()
    }

    @Test(arguments: Way.allCases) func eventsBothWays(_ way: Way) async throws {
        try await run(way) { client, _ in
            let socket = try await client.connect()
            #expect(socket.isConnected && socket.id?.count == 20 && !socket.recovered)
            var answers = socket.events(answer).makeAsyncIterator()
            socket.emit(hello, "é \"quoted\" 🙂")
            #expect(await answers.next() == "Hi é \"quoted\" 🙂")
            try await socket.send(hello, "again")
            #expect(await answers.next() == "Hi again")
        }
    }

    @Test(arguments: Way.allCases) func acksBothWays(_ way: Way) async throws {
        try await run(way) { client, _ in
            let socket = client.socket()
            socket.on(ask) { text in text.uppercased() }
            try await socket.connect()
            #expect(try await socket.call(add, 2, 3, timeout: .seconds(10)) == 5)
            var answers = socket.events(answer).makeAsyncIterator()
            socket.emit(Event<String>("ask me"), "quiet")
            #expect(await answers.next() == "QUIET")
        }
    }

    @Test(arguments: Way.allCases) func binaryBothWays(_ way: Way) async throws {
        try await run(way) { client, _ in
            let socket = try await client.connect()
            var blobs = socket.events(blob).makeAsyncIterator()
            let bytes = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            socket.emit(blob, "big", Bytes(bytes))
            socket.emit(blob, "empty", Bytes([]))
            let big = await blobs.next()
            #expect(big?.0 == "big" && big?.1.bytes == Array(bytes.reversed()))
            let empty = await blobs.next()
            #expect(empty?.0 == "empty" && empty?.1.bytes == [])
        }
    }

    @Test(arguments: Way.allCases) func manyEventsKeepTheirOrderWhateverTheUpgradeDoes(_ way: Way)
        async throws
    {
        try await run(way) { client, _ in
            let socket = try await client.connect()
            var answers = socket.events(answer).makeAsyncIterator()
            for number in 0..<300 { socket.emit(hello, "\(number)") }
            for number in 0..<300 { #expect(await answers.next() == "Hi \(number)") }
            socket.emit(Event<Int>("count"), 500)
            for number in 0..<500 { #expect(await answers.next() == "\(number)") }
        }
    }

    @Test func theSessionMovesToAWebSocket() async throws {
        try await run(.upgrade) { client, _ in
            let seen = Signals<SocketClient.Event>()
            client.onEvent { seen.send($0) }
            try await client.connect()
            #expect(await seen.next(2) == [.connected(.polling), .upgraded])
        }
    }

    @Test(arguments: Way.allCases) func namespacesShareOneConnection(_ way: Way) async throws {
        try await run(way) { client, _ in
            let opened = Signals<SocketClient.Event>()
            client.onEvent { if case .connected = $0 { opened.send($0) } }
            let root = try await client.connect()
            let secret = try await client.connect("/secret", auth: ["token": "42"])
            #expect(await opened.next() != nil)
            #expect(client.socket("secret") === secret && root !== secret && root.id != secret.id)
            var answers = secret.events(answer).makeAsyncIterator()
            secret.emit(hello, "x")
            #expect(await answers.next() == "Secret x")
            // One leaves, the other stays.
            root.disconnect()
            secret.emit(hello, "y")
            #expect(await answers.next() == "Secret y")
        }
    }

    @Test(arguments: Way.allCases) func aRefusalSaysWhy(_ way: Way) async throws {
        try await run(way) { client, _ in
            let error = try await #require(throws: ConnectError.self) {
                try await client.connect("/secret", auth: ["token": "wrong"])
            }
            #expect(error.message == "no entry")
            #expect(error.dataJSON.map { String(decoding: $0, as: UTF8.self) } == #"{"code":401}"#)
            let unknown = try await #require(throws: ConnectError.self) { try await client.connect("/nope") }
            #expect(unknown.message == "Invalid namespace")
        }
    }

    @Test(arguments: Way.allCases) func theServerEndsASocket(_ way: Way) async throws {
        try await run(way) { client, _ in
            let socket = client.socket()
            let reasons = Signals<ClientDisconnectReason>()
            socket.onDisconnect { reasons.send($0) }
            try await socket.connect()
            socket.emit(Event<Int>("leave"), 1)
            #expect(await reasons.next() == .serverDisconnect)
            #expect(!socket.isConnected)
            try await socket.connect()
            socket.emit(Event<Int>("drop"), 1)
            #expect(await reasons.next() == .serverDisconnect)
            try await socket.connect()
            socket.disconnect()
            #expect(await reasons.next() == .clientDisconnect)
        }
    }

    @Test func aCallWithoutAnAnswerTimesOut() async throws {
        try await run(.webSocket) { client, _ in
            let socket = try await client.connect()
            await #expect(throws: CallError.timeout) {
                try await socket.call("nobody listens", EncodedArguments(), timeout: .milliseconds(20))
            }
        }
    }

    @Test func aCallFailsAtOnceWhenTheSocketIsDisconnected() async throws {
        try await run(.webSocket) { client, _ in
            let socket = try await client.connect()
            async let reply = socket.call("nobody listens", EncodedArguments(), timeout: .seconds(3_600))
            // Sent before the disconnect: the server answers events in order.
            #expect(try await socket.call(add, 1, 1) == 2)
            socket.disconnect()
            do {
                _ = try await reply
                Issue.record("a call without an answer returned")
            } catch {
                #expect(error as? CallError == .disconnected)
            }
        }
    }

    @Test func nobodyListensAtTheAddress() async throws {
        let server = try await RunningServer { _ in }
        try await server.stop()
        let client = try Way.upgrade.client(server.url)
        await #expect(throws: ClientError.self) { try await client.connect() }
    }

    @Test(arguments: Way.allCases) func aRestartedServerIsFoundAgainAndGetsWhatWaited(_ way: Way) async throws
    {
        let first = try await RunningServer(Self.register)
        let client = try way.client(first.url)
        let socket = client.socket()
        let (reasons, connects) = (Signals<ClientDisconnectReason>(), Signals<Bool>())
        socket.onDisconnect { reasons.send($0) }.onConnect { connects.send($0) }
        var answers = socket.events(answer).makeAsyncIterator()
        try await socket.connect()
        #expect(await connects.next() == false)
        try await first.stop()
        let reason = await reasons.next()
        #expect(reason == .transportClose || reason == .transportError)
        socket.emit(hello, "offline")
        socket.volatile.emit(hello, "volatile is lost")
        async let sum = socket.call(add, 20, 22, timeout: .seconds(30))
        let second = try await RunningServer(port: first.port, Self.register)
        #expect(await connects.next() == false)
        #expect(await answers.next() == "Hi offline")
        #expect(try await sum == 42)
        socket.emit(hello, "online")
        #expect(await answers.next() == "Hi online")
        client.disconnect()
        try await second.stop()
    }

    @Test func withRetriesNothingIsLostWhenTheServerIsRestarted() async throws {
        let first = try await RunningServer(Self.register)
        var configuration = Way.webSocket.configuration
        configuration.retries = 1_000
        configuration.ackTimeout = .seconds(2)
        let client = try SocketClient(first.url, configuration, logger: RunningServer.logger)
        let socket = try await client.connect()
        #expect(try await socket.call(add, 1, 2) == 3)
        try await first.stop()
        for number in 0..<20 { socket.emit(hello, "\(number)") }
        let counted = Signals<String>()
        let second = try await RunningServer(port: first.port) { io in
            io.namespace().on(hello) { _, name in counted.send(name) }
        }
        #expect(await counted.next(20) == (0..<20).map { "\($0)" })
        client.disconnect()
        try await second.stop()
    }

    @Test func theOfflineBufferIsBounded() async throws {
        var configuration = Way.webSocket.configuration
        configuration.maxOfflinePackets = 2
        let client = try SocketClient("http://127.0.0.1:1", configuration, logger: RunningServer.logger)
        let socket = client.socket()
        socket.emit(hello, "1")
        socket.emit(hello, "2")
        await #expect(throws: ClientError.offlineBufferFull) { try await socket.send(hello, "3") }
    }

    @Test func aReservedNameIsNotSent() async throws {
        let client = try SocketClient("http://127.0.0.1:1", logger: RunningServer.logger)
        #expect(client.socket().emit(Event<String>("connect"), "x") == false)
        await #expect(throws: EmitError.reservedName("disconnect")) {
            try await client.socket().send(Event<Int>("disconnect"), 1)
        }
    }
}
