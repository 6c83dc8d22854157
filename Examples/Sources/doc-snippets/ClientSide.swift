internal import SocketIOClient

/// The code of the articles about the client.
enum ClientSide {
    static let said = Event<String>("said")
    static let join = Event<String>("join").returning(Int.self)

    static func connect(_ token: String) async throws {
        let client = try SocketClient("http://localhost:3000")
        let chat = client.socket("/chat", auth: Auth(["token": token]))
        chat.on(said) { text in print(text) }
        try await chat.connect()

        chat.emit(said, "hello")
        let members = try await chat.call(join, "lobby", timeout: .seconds(5))
        print("\(members) in the lobby")
    }

    static func later(_ freshToken: @escaping @Sendable () async throws -> String) throws -> ClientSocket {
        var configuration = SocketClient.Configuration()
        configuration.transports = [.websocket]
        configuration.retries = 3
        configuration.backoff.maxDelay = .seconds(30)
        let client = try SocketClient("http://localhost:3000", configuration)
        let chat = client.socket("/chat", auth: Auth(provider: { ["token": try await freshToken()] }))
        chat.open()
        return chat
    }

    static func stream(_ chat: ClientSocket) async {
        for await text in chat.events(said) { print(text) }
    }
}
