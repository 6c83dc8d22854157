internal import ChatDomain
internal import ChatService
internal import SocketIO

/// Search in messages.
extension ChatRealtime {
    private struct SearchRequest: Codable, Sendable {
        let q: String
        let before: Int64?
        let limit: Int?
        let tz: Int?
    }

    private struct SearchReply: Codable, Sendable {
        struct Hit: Codable, Sendable {
            let mid: Int64
            let msg: WireMessage
            let marks: [[Int]]
        }

        let hits: [Hit]
        let next: Int64?
        let missing: Int?

        init(_ answer: SearchAnswer) {
            hits = answer.hits.map {
                Hit(
                    mid: $0.number, msg: WireMessage($0.message),
                    marks: $0.marks.map { [$0.start, $0.length] })
            }
            next = answer.next
            missing = answer.missing > 0 ? answer.missing : nil
        }
    }

    func registerSearch() {
        let chat = self.chat
        on("search", SearchRequest.self) { (socket, request) async throws(ChatError) in
            let query = try Parsing.value { () throws(InvalidValue) in try MessageQuery(request.q) }
            let answer = try await chat.searchMessages(
                query, before: request.before, limit: request.limit ?? Limits.searchHits,
                offset: request.tz ?? 0, by: socket.state.user)
            return SearchReply(answer)
        }
    }
}
