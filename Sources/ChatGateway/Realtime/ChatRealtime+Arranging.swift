internal import ChatDomain
internal import ChatService
internal import SocketIO

/// Groups, and how one arranges conversations for oneself.
extension ChatRealtime {
    private struct GroupRequest: Codable, Sendable {
        let members: [String]
    }

    private struct NotifyRequest: Codable, Sendable {
        let c: String
        let level: String?
        let until: Int64?
    }

    private struct SwitchRequest: Codable, Sendable {
        let c: String
        let on: Bool
    }

    func registerArranging() {
        let chat = self.chat
        on("group", GroupRequest.self) { (socket, request) async throws(ChatError) in
            let summary = try await chat.openGroup(
                with: Parsing.users(request.members), by: socket.state.user)
            return ConversationReply(conv: WireConversation(summary))
        }
        on("notify", NotifyRequest.self) { (socket, request) async throws(ChatError) in
            var level: NotifyLevel?
            if let word = request.level { level = try Parsing.notifyLevel(word) }
            var until: Timestamp?
            if let moment = request.until { until = try Parsing.moment(moment) }
            let (newLevel, newUntil) = (level, until)
            try await chat.arrange(Parsing.conversation(request.c), by: socket.state.user) { arrangement in
                if let newLevel { arrangement.notify = newLevel }
                if let newUntil { arrangement.mutedUntil = newUntil }
            }
            return Nothing()
        }
        on("conv.pin", SwitchRequest.self) { (socket, request) async throws(ChatError) in
            try await chat.arrange(Parsing.conversation(request.c), by: socket.state.user) {
                $0.isPinned = request.on
            }
            return Nothing()
        }
        on("conv.hide", SwitchRequest.self) { (socket, request) async throws(ChatError) in
            try await chat.arrange(Parsing.conversation(request.c), by: socket.state.user) {
                $0.isHidden = request.on
            }
            return Nothing()
        }
    }
}
