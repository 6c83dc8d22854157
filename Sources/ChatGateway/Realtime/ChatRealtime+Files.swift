internal import ChatDomain
internal import ChatService
internal import SocketIO

/// The files of a conversation.
extension ChatRealtime {
    private struct FilesRequest: Codable, Sendable {
        let c: String
        let before: Int64?
        let limit: Int?
    }

    private struct FilesReply: Codable, Sendable {
        struct Entry: Codable, Sendable {
            let file: WireFile
            let seq: UInt32
            let from: String
            let ts: Int64
        }

        let files: [Entry]
    }

    func registerFiles() {
        let chat = self.chat
        on("files", FilesRequest.self) { (socket, request) async throws(ChatError) in
            var before = MessageSeq.max
            if let seq = request.before { before = try Parsing.seq(seq) }
            let files = try await chat.listFiles(
                of: Parsing.conversation(request.c), before: before, limit: request.limit ?? Limits.filePage,
                by: socket.state.user)
            return FilesReply(
                files: files.map {
                    .init(
                        file: WireFile($0.file), seq: $0.seq.rawValue, from: $0.sender.description,
                        ts: $0.sentAt.milliseconds)
                })
        }
    }
}
