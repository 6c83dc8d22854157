import SocketIO

/// The code of the page for those who come from Node.
enum Moving {
    struct Credentials: Codable, Sendable {
        let token: String
    }

    struct User: Sendable {
        let name: String
    }

    static func shape(_ verify: @escaping @Sendable (String) async throws -> User) {
        let io = SocketIO()
        let join = Event<String>("join").returning(Int.self)

        let chat = io.namespace("/") { handshake in
            try await verify(handshake.auth(Credentials.self).token)
        }
        chat.on(join) { socket, room in
            socket.join(Room(room))
            return await chat.to(Room(room)).sockets().count
        }
    }
}
