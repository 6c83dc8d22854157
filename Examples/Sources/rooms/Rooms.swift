import SocketIO

/// A chat with rooms: who is in a room hears what is said there.
///
///     swift run --package-path Examples rooms
///
/// A client: `socket.emit("join", "lobby"); socket.emit("say", "lobby", "hello"); socket.on("said", console.log)`
@main
struct Rooms {
    // An event is a name and the types of its arguments. Say it once, use it on both sides.
    static let join = Event<String>("join")
    static let leave = Event<String>("leave")
    static let say = Event<String, String>("say")
    static let said = Event<String, String>("said")
    static let visitors = Event<Int>("visitors")

    static func main() async throws {
        let io = SocketIO()
        let chat = io.namespace()

        // Handlers belong to the namespace, not to each socket: they are registered once.
        chat.on(join) { socket, room in
            socket.join(Room(room))
            // Everybody in the room but the socket itself.
            socket.to(Room(room)).emit(said, room, "somebody came")
        }
        chat.on(leave) { socket, room in socket.leave(Room(room)) }
        chat.on(say) { socket, room, text in
            // Only who is in a room may speak there.
            guard await socket.rooms().contains(Room(room)) else { return }
            // Everybody in the room, the speaker included. Written once, whatever the number of receivers.
            chat.to(Room(room)).emit(said, room, text)
        }

        // Everybody in the namespace. Sockets leave their rooms by themselves.
        chat.onConnect { _ in chat.emit(visitors, chat.socketCount) }
        chat.onDisconnect { _, _ in
            // Who cannot take it at once does not need this number: the next one is better.
            chat.everyone.volatile.emit(visitors, chat.socketCount)
        }
        try await io.serve(port: 3000)
    }
}
