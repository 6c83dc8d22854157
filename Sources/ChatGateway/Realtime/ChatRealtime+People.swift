internal import ChatDomain
internal import ChatService
internal import SocketIO

extension ChatRealtime {
    private struct PeopleRequest: Codable, Sendable {
        let q: String?
        let limit: Int?
    }

    private struct PeopleReply: Codable, Sendable {
        let people: [WireUser]
    }

    private struct DirectRequest: Codable, Sendable {
        let u: String
    }

    func registerPeople() {
        let chat = self.chat
        on("people", PeopleRequest.self) { (socket, request) async throws(ChatError) in
            let text = try Parsing.value { () throws(InvalidValue) in try SearchText(request.q ?? "") }
            let people = try await chat.searchPeople(
                text, limit: request.limit ?? Limits.searchResults, by: socket.state.user)
            return PeopleReply(people: people.map { WireUser($0) })
        }
        on("dm", DirectRequest.self) { (socket, request) async throws(ChatError) in
            let summary = try await chat.openDirect(with: Parsing.user(request.u), by: socket.state.user)
            return ConversationReply(conv: WireConversation(summary))
        }
    }
}

/// The answer of everything that ends in a conversation.
struct ConversationReply: Codable, Sendable {
    let conv: WireConversation
}
