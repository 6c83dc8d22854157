internal import SocketIO
internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization

/// Questions to many clients, flags, and clients that send again.
extension InteropServer {
    private struct Report: Codable, Sendable {
        var replies: [String: JSONValue]
        var missing: [String]
        var disconnected: [String]
        var isComplete: Bool
    }

    private struct Seen: Codable, Sendable {
        var id: String
        var rooms: [String]
        var data: JSONValue
    }

    private struct Note: Codable, Sendable {
        var id: String
        var delay: Int
    }

    static func addAsking(to root: Namespace<Void>) {
        root.on(raw: "ask-room") { [root] _, arguments in
            let (room, milliseconds) = try arguments.decode(String.self, Int.self)
            let question = Event<JSONValue>("question").returning(JSONValue.self)
            let report = try await root.to(Room(room)).timeout(.milliseconds(milliseconds)).call(
                question, try arguments.dropFirst(2).decode(JSONValue.self))
            let replies = report.replies.map { ($0.key.description, $0.value) }
            return try EncodedArguments(
                Report(
                    replies: Dictionary(uniqueKeysWithValues: replies),
                    missing: report.missing.map(\.description),
                    disconnected: report.disconnected.map(\.description), isComplete: report.isComplete))
        }
        root.on(Event<JSONValue>("set-data")) { socket, value in try socket.setData(value) }
        root.on(raw: "fetch") { [root] _, arguments in
            let room = try arguments.decode(String.self)
            let sockets = try await root.to(Room(room)).fetchSockets().value.map { socket in
                Seen(
                    id: socket.id.description, rooms: socket.rooms.map(\.name).sorted(),
                    data: try socket.data(as: JSONValue.self))
            }
            return try EncodedArguments(sockets)
        }
        root.on(Event<String>("message")) { socket, text in socket.send(message: text, "back") }
        root.on(raw: "volatile") { socket, _ in
            socket.volatile.emit(Event<Int>("v"), 1)
            socket.volatile.emit(Event<Int>("v"), 2)
            socket.emit(Event<Int>("v"), 3)
            socket.volatile.emit(Event<Int>("v"), 4)
            return nil
        }
    }

    static func addRepetitions(to root: Namespace<Void>) {
        let handled = Mutex(0)
        root.on(Event<Note>("note").returning(Int.self)) { _, note in
            let number = handled.withLock { count in
                count += 1
                return count
            }
            try await Task.sleep(for: .milliseconds(note.delay))
            return number
        }
        root.deduplicate("note", by: .field("id")) { _ in "everybody" }
        root.on(Event<Int>("handled").returning(Int.self)) { _, _ in handled.withLock { $0 } }
        root.on(Event<Int>("deliver").returning(String.self)) { socket, milliseconds in
            do {
                try await socket.deliver(
                    Event<String>("important"), "x", retries: 2, timeout: .milliseconds(milliseconds))
                return "delivered"
            } catch CallError.timeout {
                return "given up"
            }
        }
    }
}
