internal import SocketIO
internal import SocketIOClient
internal import SocketIOTesting
internal import Synchronization
internal import Testing

/// The Swift client on a network that fails, against the real server.
@Suite("The client and its network", .timeLimit(.minutes(5))) struct ClientFaultTests {
    private static let said = Event<Int>("said")
    private static let say = Event<Int>("say")

    private struct Credentials: Codable, Sendable { let token: String }

    /// Whoever says something is heard by everybody in the room, also by who is away.
    private func server(_ recovery: Recovery? = Recovery(), _ tokens: Tokens = Tokens()) -> SocketIO {
        let io = SocketIO.forTesting(Configuration(recovery: recovery))
        let chat = io.namespace("/") { handshake in
            let token = try handshake.auth(Credentials.self).token
            tokens.add(token)
            guard token != "old" else { throw ConnectError("expired") }
            return token
        }
        chat.onConnect { socket in if !socket.recovered { socket.join("room") } }
        chat.on(Self.say) { socket, number in socket.to("room").emit(Self.said, number) }
        return io
    }

    private final class Tokens: Sendable {
        private let seen = Mutex<[String]>([])
        var all: [String] { seen.withLock { $0 } }
        func add(_ token: String) { seen.withLock { $0.append(token) } }
    }

    @Test(
        "what was missed is made up for, in order and once; id and rooms are the same",
        arguments: [false, true])
    func recovery(isPolling: Bool) async throws {
        try await server().test { net in
            var configuration = TestNetwork.configuration
            if isPolling { configuration.transports = [.polling] }
            let ann = try await net.connect(auth: Credentials(token: "ann"))
            let bob = try await net.connect(auth: Credentials(token: "bob"), configuration: configuration)
            let id = bob.id
            try await ann.emit(Self.say, 1)
            #expect(try await bob.next(Self.said) == 1)
            await bob.dropNetwork()
            for number in 2...4 { try await ann.emit(Self.say, number) }
            #expect(try await bob.reconnect())
            #expect(bob.socket.recovered && bob.id == id)
            for number in 2...4 { #expect(try await bob.next(Self.said) == number) }
            // And again, from the offset of what was made up for.
            await bob.dropNetwork()
            try await ann.emit(Self.say, 5)
            #expect(try await bob.reconnect())
            try await ann.emit(Self.say, 6)
            #expect(try await bob.next(Self.said) == 5)
            #expect(try await bob.next(Self.said) == 6)
            #expect(try await bob.unread().isEmpty)
        }
    }

    @Test("who is away for too long is somebody new, and is told nothing of what was")
    func recoveryTooLate() async throws {
        try await server(Recovery(maxDisconnection: .seconds(10))).test { net in
            let ann = try await net.connect(auth: Credentials(token: "ann"))
            let bob = try await net.connect(auth: Credentials(token: "bob"))
            let id = bob.id
            await bob.dropNetwork()
            try await ann.emit(Self.say, 1)
            await net.advance(by: .seconds(30))
            #expect(try await bob.reconnect() == false)
            #expect(!bob.socket.recovered && bob.id != id)
            try await ann.emit(Self.say, 2)
            #expect(try await bob.next(Self.said) == 2)
        }
    }

    @Test(
        "credentials are asked for anew at each connect; what the provider throws is an attempt that failed")
    func provider() async throws {
        struct Unavailable: Error {}
        let asked = Mutex(0)
        let tokens = Tokens()
        let auth = Auth {
            let number = asked.withLock { count in
                count += 1
                return count
            }
            if number == 2 { throw Unavailable() }
            return Credentials(token: "token \(number)")
        }
        try await server(nil, tokens).test { net in
            let client = try await net.connect(auth: auth)
            #expect(tokens.all == ["token 1"])
            let errors = AsyncStream.makeStream(of: String.self)
            client.socket.onConnectError { errors.continuation.yield("\($0)") }
            await client.dropNetwork()
            client.restoreNetwork()
            await net.advance(by: .seconds(60))
            // The second was never sent.
            #expect(tokens.all == ["token 1"])
            #expect(!client.socket.isConnected)
            var all = errors.stream.makeAsyncIterator()
            #expect(try #require(await all.next()).contains("Unavailable"))
            client.socket.open()
            await net.advance(by: .seconds(60))
            #expect(client.socket.isConnected)
            #expect(tokens.all == ["token 1", "token 3"])
        }
    }

    @Test("what is volatile is dropped while the network is away, the rest is kept")
    func volatile() async throws {
        try await server(nil).test { net in
            let ann = try await net.connect(auth: Credentials(token: "ann"))
            let bob = try await net.connect(auth: Credentials(token: "bob"))
            ann.socket.volatile.emit(Self.say, 1)
            #expect(try await bob.next(Self.said) == 1)
            await ann.dropNetwork()
            ann.socket.volatile.emit(Self.say, 2)
            ann.socket.emit(Self.say, 3)
            ann.socket.volatile.emit(Self.say, 4)
            try await ann.reconnect()
            ann.socket.volatile.emit(Self.say, 5)
            #expect(try await bob.next(Self.said) == 3)
            #expect(try await bob.next(Self.said) == 5)
            #expect(try await bob.unread().isEmpty)
        }
    }

    @Test(
        "slow bytes in pieces arrive whole and in order, by every transport",
        arguments: [[.polling], [.websocket], [.polling, .websocket]] as [[TransportName]])
    func slowBytes(_ transports: [TransportName]) async throws {
        try await server(nil).test(seed: 3) { net in
            var configuration = TestNetwork.configuration
            configuration.transports = transports
            let ann = try await net.connect(auth: Credentials(token: "ann"))
            let bob = try net.client(auth: Auth(Credentials(token: "bob")), configuration: configuration)
            bob.split()
            bob.delay(by: .milliseconds(50), jitter: .milliseconds(200))
            bob.socket.open()
            await net.advance(by: .seconds(20))
            #expect(bob.socket.isConnected)
            for number in 0..<50 { try await ann.emit(Self.say, number) }
            for number in 0..<50 { bob.socket.emit(Self.say, 100 + number) }
            await net.advance(by: .seconds(40))
            for number in 0..<50 { #expect(try await bob.next(Self.said) == number) }
            for number in 100..<150 { #expect(try await ann.next(Self.said) == number) }
        }
    }
}
