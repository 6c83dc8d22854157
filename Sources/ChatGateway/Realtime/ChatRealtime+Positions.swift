internal import ChatDomain
internal import ChatService
internal import SocketIO

extension ChatRealtime {
    private struct ReadRequest: Codable, Sendable {
        let c: String
        let seq: Int64
        let rr: Int64?
    }

    private struct UnreadRequest: Codable, Sendable {
        let c: String
        let seq: Int64
        let rr: Int64
    }

    private struct ReadReply: Codable, Sendable {
        let read: UInt32
        let unread: Int
        let mentions: Int
        let rr: Int64

        init(_ position: ReadPosition) {
            read = position.read.rawValue
            unread = position.unread
            mentions = position.mentions
            rr = position.revision
        }
    }

    private struct GotRequest: Decodable, Sendable {
        let list: [Entry]

        /// `[c, seq]`.
        struct Entry: Decodable, Sendable {
            let c: String
            let seq: Int64

            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                c = try container.decode(String.self)
                seq = try container.decode(Int64.self)
            }
        }
    }

    func registerPositions() {
        let chat = self.chat
        on("read", ReadRequest.self) { (socket, request) async throws(ChatError) in
            let position = try await chat.markRead(
                upTo: Parsing.seq(request.seq), in: Parsing.conversation(request.c), revision: request.rr,
                by: socket.state.user)
            return ReadReply(position)
        }
        on("unread", UnreadRequest.self) { (socket, request) async throws(ChatError) in
            let position = try await chat.markUnread(
                from: Parsing.seq(request.seq), in: Parsing.conversation(request.c), revision: request.rr,
                by: socket.state.user)
            return ReadReply(position)
        }
        on("got", GotRequest.self) { (socket, request) async throws(ChatError) in
            var entries: [(conversation: ConversationID, seq: MessageSeq)] = []
            for entry in request.list {
                entries.append((try Parsing.conversation(entry.c), try Parsing.seq(entry.seq)))
            }
            try await chat.markDelivered(entries, by: socket.state.user)
            return Nothing()
        }
    }
}
