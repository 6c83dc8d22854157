internal import ChatDomain
internal import ChatService
internal import SocketIO

extension ChatRealtime {
    private struct CreateRequest: Codable, Sendable {
        let name: String
        let topic: String?
        let `public`: Bool
        let members: [String]?
    }

    private struct ListRequest: Codable, Sendable {
        let q: String?
        let archived: Bool?
    }

    private struct ListReply: Codable, Sendable {
        struct Room: Codable, Sendable {
            let c: String
            let name: String
            let topic: String
            let members: Int
            let joined: Bool
        }

        let rooms: [Room]
    }

    private struct RoomRequest: Codable, Sendable {
        let c: String
    }

    private struct AddRequest: Codable, Sendable {
        let c: String
        let members: [String]
    }

    func registerRooms() {
        let chat = self.chat
        on("room.create", CreateRequest.self) { (socket, request) async throws(ChatError) in
            let name = try Parsing.value { () throws(InvalidValue) in try RoomName(request.name) }
            let topic = try Parsing.value { () throws(InvalidValue) in try Topic(request.topic ?? "") }
            let summary = try await chat.createRoom(
                name: name, topic: topic, isPublic: request.public,
                members: Parsing.users(request.members ?? []), by: socket.state.user)
            return ConversationReply(conv: WireConversation(summary))
        }
        on("room.list", ListRequest.self) { (socket, request) async throws(ChatError) in
            let text = try Parsing.value { () throws(InvalidValue) in try SearchText(request.q ?? "") }
            let rooms = try await chat.listRooms(
                text, archived: request.archived ?? false, by: socket.state.user)
            return ListReply(
                rooms: rooms.map {
                    .init(
                        c: $0.id.description, name: $0.name, topic: $0.topic, members: $0.members,
                        joined: $0.isJoined)
                })
        }
        on("room.join", RoomRequest.self) { (socket, request) async throws(ChatError) in
            let summary = try await chat.joinRoom(Parsing.conversation(request.c), by: socket.state.user)
            return ConversationReply(conv: WireConversation(summary))
        }
        on("room.leave", RoomRequest.self) { (socket, request) async throws(ChatError) in
            try await chat.leaveRoom(Parsing.conversation(request.c), by: socket.state.user)
            return Nothing()
        }
        on("room.add", AddRequest.self) { (socket, request) async throws(ChatError) in
            let summary = try await chat.addMembers(
                Parsing.users(request.members), to: Parsing.conversation(request.c), by: socket.state.user)
            return ConversationReply(conv: WireConversation(summary))
        }
    }
}
