import SocketIO

/// The code of the articles about questions to many sockets and to other servers.
enum Asking {
    static let ready = Event<Int>("ready?").returning(Bool.self)

    static func many(_ chat: Namespace<Void>) async throws {
        let report = try await chat.to("lobby").timeout(.seconds(2)).call(ready, 1)
        print("\(report.replies.count) have answered, \(report.missing.count) have not")
        if report.isComplete { chat.to("lobby").emit(Event("start")) }
        for await answer in try chat.to("lobby").answers(to: ready, 2) {
            print("\(answer.socket?.description ?? "?"): \(answer.result)")
        }
    }

    static func surely(_ socket: Socket<Void>) async throws {
        try await socket.deliver(Event<String>("order"), "42", retries: 5, timeout: .seconds(2))
        socket.volatile.emit(Event<Double>("price"), 101.5)
    }

    struct User: Sendable {
        let name: String
    }

    static func once(_ chat: Namespace<User>) {
        chat.deduplicate("order", by: .field("id")) { socket in socket.state.name }
    }

    static func fetched(_ chat: Namespace<Void>) async {
        let answer = await chat.to("lobby").fetchSockets()
        for socket in answer.value { print("\(socket.id) in \(socket.rooms.count) rooms") }
    }

    static func servers(_ chat: Namespace<Void>) async throws {
        let count = Event("count").returning(Int.self)
        chat.onServerEvent(count) { chat.socketCount }
        let report = try await chat.serverSideCall(count)
        print("\(report.replies.values.reduce(chat.socketCount, +)) sockets")
    }

    static func watched(_ chat: Namespace<Void>) {
        chat.onRoomCreated { room in print("\(room) is there") }
        chat.onRoomDeleted { room in print("\(room) is empty") }
    }
}
