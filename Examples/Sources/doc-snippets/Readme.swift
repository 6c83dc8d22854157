import SocketIO

/// The code of README.md.
enum Readme {
    struct Token: Codable, Sendable {
        let token: String
    }

    struct User: Sendable {
        let name: String
    }

    struct Users: Sendable {
        func verify(_ token: Token) async throws -> User { User(name: token.token) }
    }

    static func recovers(_ io: SocketIO, _ users: Users) {
        let chat = io.namespace("/chat") { try await users.verify($0.auth(Token.self)) }
        chat.recovers { before, now in before.name == now.name }
    }

    static func typed(_ io: SocketIO, _ users: Users) {
        let join = Event<String>("join").returning(Int.self)

        let chat = io.namespace("/chat") { handshake in
            // What this returns is socket.state; what it throws refuses the client.
            try await users.verify(handshake.auth(Token.self))
        }
        chat.on(join) { socket, room in
            socket.join(Room(room))
            return await chat.to(Room(room)).sockets().count
        }
        let ready = Event<Int>("ready?").returning(Bool.self)
        chat.on(Event<Int>("start")) { socket, round in
            guard try await socket.call(ready, round, timeout: .seconds(2)) else { return }
            socket.to("lobby").emit(Event<Int>("started"), round)
        }
    }
}
