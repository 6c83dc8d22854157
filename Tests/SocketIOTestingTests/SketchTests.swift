internal import EngineIOProtocol
internal import NIOCore
internal import SocketIO
internal import SocketIOClient
internal import SocketIOCore
internal import SocketIOTesting
internal import Testing

private enum Chat {
    static let message = Event<String>("chat message")
    static let add = Event<Int, Int>("add").returning(Int.self)
    static let lobby = Room("lobby")
}

/// What the test kit is for, as a user of the library would write it.
@Suite(.timeLimit(.minutes(5))) struct SketchTests {
    /// A chat in which everybody is in the lobby and has a name.
    private func chat(_ configuration: Configuration = .init(), loops: Int = 1) -> SocketIO {
        struct Credentials: Codable { let token: String }
        let io = SocketIO.forTesting(configuration, loops: loops)
        let chat = io.namespace("/chat") { handshake in
            guard let token = try? handshake.auth(Credentials.self).token else { throw ConnectError("who?") }
            return token
        }
        chat.onConnect { socket in socket.join(Chat.lobby) }
        chat.on(Chat.message) { socket, text in
            socket.to(Chat.lobby).emit(Chat.message, "\(socket.state): \(text)")
        }
        chat.on(Chat.add) { _, left, right in left + right }
        return io
    }

    @Test(arguments: [1, 3]) func twoPeopleTalk(_ loops: Int) async throws {
        try await chat(loops: loops).test { net in
            let a = try await net.connect("/chat", auth: ["token": "a"])
            let b = try await net.connect("/chat", auth: ["token": "b"])
            try await a.emit(Chat.message, "hi")
            #expect(try await b.next(Chat.message) == "a: hi")
            #expect(try await a.call(Chat.add, 2, 3) == 5)
            #expect(try await a.unread().isEmpty)
        }
    }

    @Test func aRefusalReachesTheTest() async throws {
        try await chat().test { net in
            await #expect(throws: ConnectError("who?")) { try await net.connect("/chat") }
        }
    }

    @Test func aDroppedNetworkComesBack() async throws {
        try await chat().test { net in
            let a = try await net.connect("/chat", auth: ["token": "a"])
            let b = try await net.connect("/chat", auth: ["token": "b"])
            await b.dropNetwork()
            #expect(!b.socket.isConnected && a.socket.isConnected)
            // Nobody hears it; without recovery it is lost.
            try await a.emit(Chat.message, "missed")
            try await b.reconnect()
            #expect(b.socket.isConnected)
            try await a.emit(Chat.message, "hi")
            #expect(try await b.next(Chat.message) == "a: hi")
        }
    }

    @Test func aSilentNetworkIsNoticedByTheHeartbeat() async throws {
        try await chat().test { net in
            let a = try await net.connect("/chat", auth: ["token": "a"])
            a.cut()
            await net.advance(by: .seconds(44))
            #expect(a.socket.isConnected)
            await net.advance(by: .seconds(2))
            #expect(!a.socket.isConnected)
        }
    }

    @Test func tenMinutesGoByInNoTime() async throws {
        try await chat().test { net in
            let a = try await net.connect("/chat", auth: ["token": "a"])
            let id = a.id
            await net.advance(by: .seconds(600))
            #expect(a.id == id && id != nil)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func anyCutOfTheBytesGivesTheSameMessages(_ seed: UInt64)
        async throws
    {
        try await chat().test(seed: seed) { net in
            let a = try net.client("/chat", auth: Auth(["token": "a"]))
            a.split()
            try await a.socket.connect()
            let b = try await net.connect("/chat", auth: ["token": "b"])
            b.split()
            for number in 0..<50 {
                try await a.emit(Chat.message, String(repeating: "ü\(number)", count: number * 20))
            }
            for number in 0..<50 {
                let expected = "a: " + String(repeating: "ü\(number)", count: number * 20)
                #expect(try await b.next(Chat.message) == expected)
            }
        }
    }

    @Test func latencyTakesTheTestsTime() async throws {
        try await chat().test { net in
            let a = try await net.connect("/chat", auth: ["token": "a"])
            let b = try await net.connect("/chat", auth: ["token": "b"])
            await net.advance(by: .seconds(1))
            b.delay(by: .milliseconds(100))
            try await a.emit(Chat.message, "slow")
            await net.advance(by: .milliseconds(99))
            #expect(try await b.unread().isEmpty)
            await net.advance(by: .milliseconds(1))
            #expect(try await b.unread() == ["chat message"])
        }
    }

    @Test func lostMessagesAreLostAndDoubledOnesComeTwice() async throws {
        try await chat().test(seed: 7) { net in
            let a = try await net.connect("/chat", auth: ["token": "a"])
            let b = try await net.connect("/chat", auth: ["token": "b"])
            a.lose(outgoing: 1)
            try await a.emit(Chat.message, "lost")
            a.lose()
            b.duplicate(incoming: 1)
            try await a.emit(Chat.message, "twice")
            #expect(try await b.next(Chat.message) == "a: twice")
            #expect(try await b.next(Chat.message) == "a: twice")
            #expect(try await b.unread().isEmpty)
        }
    }

    /// Acks get lost on the way and the network fails now and then: with retries everything arrives, in order.
    @Test(arguments: [1, 2, 3] as [UInt64]) func retriesAreAtLeastOnce(_ seed: UInt64) async throws {
        let io = SocketIO.forTesting()
        let numbers = AsyncStream.makeStream(of: Int.self)
        io.namespace().on(Event<Int>("number")) { _, number in numbers.continuation.yield(number) }
        var configuration = TestNetwork.configuration
        configuration.retries = 1_000
        configuration.ackTimeout = .milliseconds(500)
        try await io.test(seed: seed) { net in
            let a = try await net.connect(configuration: configuration)
            a.lose(outgoing: 0.3, incoming: 0.3)
            for number in 0..<30 { a.socket.emit(Event<Int>("number"), number) }
            for round in 0..<40 {
                await net.advance(by: .seconds(5))
                if round % 10 == 3 {
                    await a.dropNetwork()
                    try await a.reconnect()
                }
            }
            a.lose()
            await net.advance(by: .seconds(60))
        }
        numbers.continuation.finish()
        var seen: [Int] = []
        for await number in numbers.stream { seen.append(number) }
        #expect(seen.count >= 30 && seen == seen.sorted() && Set(seen) == Set(0..<30))
    }

    @Test func theSameSeedGivesTheSameRun() async throws {
        func run(_ seed: UInt64) async throws -> [String] {
            try await chat().test(seed: seed) { net in
                let a = try await net.connect("/chat", auth: ["token": "a"])
                let b = try await net.connect("/chat", auth: ["token": "b"])
                b.lose(incoming: 0.4)
                b.duplicate(incoming: 0.2)
                for number in 0..<40 { try await a.emit(Chat.message, "\(number)") }
                var all: [String] = []
                for _ in try await b.unread() { all.append(try await b.next(Chat.message)) }
                return all
            }
        }
        let first = try await run(1)
        #expect(try await run(1) == first)
        #expect(try await run(2) != first)
    }

    @Test func whatDoesNotComeIsSaid() async throws {
        try await chat().test { net in
            let a = try await net.connect("/chat", auth: ["token": "a"])
            async let nothing = a.next(Chat.message, within: .seconds(5))
            await net.settle()
            await net.advance(by: .seconds(6))
            do {
                _ = try await nothing
                Issue.record("an event that nobody sent")
            } catch {
                #expect(error is TestFailure)
            }
            await #expect(throws: TestFailure.nothingHappens(waitingFor: "chat message")) {
                try await a.next(Chat.message, patience: .milliseconds(1))
            }
        }
    }

    @Test func aServerOnThreadsIsRefused() async throws {
        await #expect(throws: TestFailure.serverOnThreads) {
            try await SocketIO(threads: 1).test { _ in }
        }
    }

    @Test func aSessionMovesToAWebSocketInTheTestsTime() async throws {
        try await chat().test { net in
            let events = AsyncStream.makeStream(of: SocketClient.Event.self)
            let a = try net.client("/chat", auth: Auth(["token": "a"]), configuration: .init())
            a.socket.client.onEvent { events.continuation.yield($0) }
            a.socket.open()
            await net.advance(by: .seconds(1))
            #expect(a.socket.isConnected)
            events.continuation.finish()
            var all: [SocketClient.Event] = []
            for await event in events.stream { all.append(event) }
            #expect(all == [.connected(.polling), .upgraded])
        }
    }

    @Test func reconnectionsBackOff() async throws {
        try await chat().test { net in
            let a = try await net.connect("/chat", auth: ["token": "a"])
            let attempts = AsyncStream.makeStream(of: Duration.self)
            a.socket.client.onEvent {
                if case .reconnecting(_, let time) = $0 { attempts.continuation.yield(time) }
            }
            await a.dropNetwork()
            await net.advance(by: .seconds(60))
            attempts.continuation.finish()
            var delays: [Duration] = []
            for await delay in attempts.stream { delays.append(delay) }
            #expect(delays.count >= 12 && delays.count <= 30)
            #expect(delays.allSatisfy { (.milliseconds(500) ... .seconds(5)).contains($0) })
            #expect(Set(delays.dropFirst(4)).count >= delays.count - 6, "jitter at the maximum too")
            try await a.reconnect()
        }
    }
}
