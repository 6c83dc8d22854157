internal import Foundation
import SocketIO

/// What the chat's server and clients say to each other.
enum Chat {
    struct Message: Codable, Sendable {
        let from: String
        let text: String
    }

    static let say = Event<String>("say")
    static let said = Event<Message>("said")
    static let members = Event("members").returning([String].self)
}

/// What the server knows of a client.
struct Visitor: Sendable {
    let name: String
}

/// The code of the articles about events, rooms, namespaces and clients who are somebody.
enum Talking {
    static func tutorialOne() async throws {
        let io = SocketIO()
        let chat = io.namespace()
        chat.onConnect { socket in print("\(socket.id) came") }
        chat.onDisconnect { socket, reason in print("\(socket.id) left: \(reason)") }
        try await io.serve(port: 3000)
    }

    static func tutorialTwo(_ io: SocketIO) {
        let chat = io.namespace()
        chat.on(Chat.say) { _, text in
            chat.emit(Chat.said, Chat.Message(from: "somebody", text: text))
        }
    }

    static func tutorialThree(_ io: SocketIO) {
        let chat = io.namespace("/") { handshake in
            struct Card: Codable {
                let name: String
            }
            let card = try handshake.auth(Card.self)
            guard !card.name.isEmpty else { throw ConnectError("who are you?") }
            return Visitor(name: card.name)
        }
        chat.on(Chat.say) { socket, text in
            chat.emit(Chat.said, Chat.Message(from: socket.state.name, text: text))
        }
        chat.on(Chat.members) { _ in
            await chat.everyone.sockets().map(\.state.name).sorted()
        }
    }

    static func events(_ io: SocketIO) {
        let chat = io.namespace()
        let move = Event<String, Int>("move")
        chat.on(move) { socket, direction, steps in
            socket.broadcast.emit(move, direction, steps)
        }
    }

    static func acks(_ io: SocketIO) {
        let join = Event<String>("join").returning(Int.self)

        let chat = io.namespace("/chat")
        chat.on(join) { socket, room in
            socket.join(Room(room))
            return await chat.to(Room(room)).sockets().count
        }
    }

    static func call(_ socket: Socket<Void>) async throws -> Bool {
        let ready = Event<Int>("ready?").returning(Bool.self)
        let isReady = try await socket.call(ready, 1, timeout: .seconds(2))
        return isReady
    }

    static func binary(_ chat: Namespace<Void>) {
        struct Picture: Codable, Sendable {
            let name: String
            let pixels: Bytes
        }
        chat.on(Event<Picture>("picture")) { socket, picture in
            socket.broadcast.emit(Event<Picture>("picture"), picture)
        }
    }

    static func raw(_ chat: Namespace<Void>) {
        chat.on(raw: "forward") { socket, arguments in
            socket.broadcast.emit("forward", arguments.encoded)
            return nil
        }
    }

    static func dialogue(_ chat: Namespace<Void>) {
        let question = Event<String>("question")
        let answer = Event<String>("answer")
        chat.on(Event("begin")) { socket in
            socket.emit(question, "What is your name?")
            let name = try await socket.next(answer, timeout: .seconds(60))
            socket.emit(question, "And where do you live, \(name)?")
            let place = try await socket.next(answer, timeout: .seconds(60))
            print("\(name) lives in \(place)")
        }
    }

    static func listeners(_ chat: Namespace<Void>) {
        let token = ListenerToken()
        chat.on(Chat.say, .removable(by: token)) { socket, text in print("\(socket.id): \(text)") }
        chat.off(token)

        // Up to four of a socket's reports at a time, beside its other events.
        chat.on(Event<String>("report"), .concurrent(limit: 4)) { _, text in print(text) }
    }

    static func rooms(_ chat: Namespace<Void>, _ socket: Socket<Void>) {
        let news = Event<String>("news")
        socket.join("lobby", "music")
        socket.leave("music")

        chat.to("lobby").emit(news, "to everybody in the lobby")
        socket.to("lobby").emit(news, "to everybody in the lobby but this socket")
        chat.to("lobby", "music").except("muted").emit(news, "once for each, whatever rooms they share")
        chat.emit(news, "to everybody in the namespace")
        socket.broadcast.emit(news, "to everybody but this socket")
        chat.to(Room(socket.id)).emit(news, "to this socket, by its id")
        let lobby = chat.to("lobby")
        lobby.join("upstairs")
        lobby.leave("downstairs")
        chat.to("banned").disconnect(close: true)
    }

    static func namespaces(_ io: SocketIO) {
        let orders = io.namespace("/orders")
        let kitchen = io.namespace("/kitchen")
        orders.on(Event<String>("order")) { _, dish in
            kitchen.emit(Event<String>("cook"), dish)
        }
    }

    static func families(_ io: SocketIO) {
        let teams = io.namespaces { name, handshake in
            name.hasPrefix("/team/") ? try handshake.auth(Credentials.self) : nil
        }
        teams.on(Event<String>("say")) { socket, text in
            socket.broadcast.emit(Event<String>("said"), text)
        }
        teams.emit(Event<String>("notice"), "to all of all teams")
        io.namespaces(where: { $0.hasPrefix("/public/") }).onConnect { socket in
            print("\(socket.id) is in \(socket.namespaceName)")
        }
    }

    struct Credentials: Codable, Sendable {
        let token: String
    }

    struct User: Sendable {
        let name: String
        let expires: Double
    }

    static func auth(_ io: SocketIO, _ verify: @escaping @Sendable (String) async throws -> User) {
        let chat = io.namespace("/chat") { handshake in
            try await verify(handshake.auth(Credentials.self).token)
        }
        chat.on(Event<String>("say")) { socket, text in
            chat.emit(Event<String, String>("said"), socket.state.name, text)
        }
    }

    static func expiry(_ io: SocketIO, _ verify: @escaping @Sendable (String) async throws -> User) {
        let chat = io.namespace(
            "/chat",
            expiring: { handshake in
                let user = try await verify(handshake.auth(Credentials.self).token)
                return Expiring(user, .at(user.expires))
            })
        chat.refreshes(on: "refresh")
        chat.onExpiring(before: .seconds(30)) { socket in socket.emit(Event("renew")) }
    }

    static func middleware(_ chat: Namespace<User>, _ isBanned: @escaping @Sendable (String) async -> Bool) {
        chat.use { socket in
            guard await !isBanned(socket.state.name) else {
                throw ConnectError("banned", data: ["until": "tomorrow"])
            }
            socket.join(Room("user:\(socket.state.name)"))
        }
        chat.use { socket, event, next in
            let start = ContinuousClock.now
            try await next()
            print("\(event.name) took \(ContinuousClock.now - start)")
        }
        struct Failure: Codable, Sendable {
            let error: String
        }
        chat.ackErrors { error in try? EncodedArguments(Failure(error: "\(type(of: error))")) }
        chat.onError { socket, error, context in print("\(socket.id): \(context): \(error)") }
    }

    static func pressure(_ chat: Namespace<Void>, _ socket: Socket<Void>, _ rows: [String]) async throws {
        for row in rows { try await socket.send(Event<String>("row"), row) }
        chat.to("prices").volatile.emit(Event<Double>("price"), 101.5)
    }
}
