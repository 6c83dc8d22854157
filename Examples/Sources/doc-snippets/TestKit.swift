internal import SocketIO
internal import SocketIOClient
internal import SocketIOTesting

/// The code of the article about tests.
enum TestKit {
    static let say = Event<String>("say")
    static let said = Event<String>("said")

    struct Wrong: Error {}

    /// The program's own function: it registers the handlers.
    static func register(on io: SocketIO) {
        let chat = io.namespace("/chat")
        chat.on(say) { _, text in chat.emit(said, text) }
    }

    static func twoPeople() async throws {
        let io = SocketIO.forTesting()
        register(on: io)
        try await io.test { net in
            let ada = try await net.connect("/chat")
            let ben = try await net.connect("/chat")
            try await ada.emit(say, "hi")
            guard try await ben.next(said) == "hi" else { throw Wrong() }
        }
    }

    static func network() async throws {
        let io = SocketIO.forTesting()
        register(on: io)
        try await io.test(seed: 1) { net in
            let ada = try await net.connect("/chat")
            ada.delay(by: .milliseconds(80), jitter: .milliseconds(40))
            ada.split()
            await ada.dropNetwork()
            try await ada.reconnect()

            // The network swallows everything: only the heartbeat tells.
            ada.cut()
            await net.advance(by: .seconds(60))
        }
    }
}
