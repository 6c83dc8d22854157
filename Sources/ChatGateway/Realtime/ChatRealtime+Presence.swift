internal import ChatDomain
internal import ChatService
internal import SocketIO

/// Who is there, and what one is looking at.
extension ChatRealtime {
    private struct WatchRequest: Codable, Sendable {
        let users: [String]
    }

    private struct WatchReply: Codable, Sendable {
        let list: [WirePresence]
    }

    private struct ActiveRequest: Codable, Sendable {
        let idle: Bool
    }

    private struct ViewRequest: Codable, Sendable {
        let c: String?
    }

    private struct ViewReply: Codable, Sendable {
        let seq: UInt32?
        let rev: Int64?
    }

    func registerPresence() {
        let (chat, presence) = (self.chat, self.presence)
        for namespace in audience.namespaces {
            namespace.onDisconnecting { socket, _, _ in presence.disconnected(socket.id) }
        }
        on("watch", WatchRequest.self) { (socket, request) async throws(ChatError) in
            guard request.users.count <= Presence.watchedPeople else {
                throw .invalid(.list, .tooMany(maximum: Presence.watchedPeople))
            }
            let list = try await presence.watch(
                Parsing.users(request.users), socket.id, of: socket.state.user)
            return WatchReply(list: list.map { WirePresence($0) })
        }
        on("active", ActiveRequest.self) { (socket, request) async throws(ChatError) in
            presence.setIdle(request.idle, socket.id)
            return Nothing()
        }
        on("view", ViewRequest.self) { (socket, request) async throws(ChatError) in
            guard let text = request.c else { return ViewReply(seq: nil, rev: nil) }
            let summary = try await chat.conversation(Parsing.conversation(text), for: socket.state.user)
            return ViewReply(seq: summary.seq.rawValue, rev: summary.rev)
        }
    }
}
