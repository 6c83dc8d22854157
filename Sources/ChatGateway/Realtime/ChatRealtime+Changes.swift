internal import ChatDomain
internal import ChatService
internal import SocketIO

/// Changes of messages, and what is read about one message or about all that concern a person.
extension ChatRealtime {
    private struct EditRequest: Codable, Sendable {
        let c: String
        let seq: Int64
        let mid: String
        let body: String
        let base: Int64
    }

    private struct EditReply: Codable, Sendable {
        let rev: Int64
        let v: Int64
    }

    private struct DeleteRequest: Codable, Sendable {
        let c: String
        let seq: Int64
        let mid: String
    }

    private struct ReactRequest: Codable, Sendable {
        let c: String
        let seq: Int64
        let mid: String
        let emoji: String
        let on: Bool
    }

    private struct PinRequest: Codable, Sendable {
        let c: String
        let seq: Int64
        let mid: String
        let on: Bool
    }

    private struct ChangeReply: Codable, Sendable {
        let rev: Int64
    }

    func registerChanges() {
        let chat = self.chat
        on("edit", EditRequest.self) { (socket, request) async throws(ChatError) in
            let body = try Parsing.body(request.body, mayBeEmpty: true)
            let result = try await chat.editMessage(
                Parsing.seq(request.seq), in: Parsing.conversation(request.c), body: body, base: request.base,
                mid: Parsing.changeID(request.mid), by: socket.state.user)
            return EditReply(rev: result.rev, v: result.version)
        }
        on("del", DeleteRequest.self) { (socket, request) async throws(ChatError) in
            let result = try await chat.deleteMessage(
                Parsing.seq(request.seq), in: Parsing.conversation(request.c),
                mid: Parsing.changeID(request.mid), by: socket.state.user)
            return ChangeReply(rev: result.rev)
        }
        on("react", ReactRequest.self) { (socket, request) async throws(ChatError) in
            let emoji = try Parsing.value { () throws(InvalidValue) in try Emoji(request.emoji) }
            let result = try await chat.reactToMessage(
                Parsing.seq(request.seq), in: Parsing.conversation(request.c), emoji: emoji, isOn: request.on,
                mid: Parsing.changeID(request.mid), by: socket.state.user)
            return ChangeReply(rev: result.rev)
        }
        on("pin", PinRequest.self) { (socket, request) async throws(ChatError) in
            let result = try await chat.pinMessage(
                Parsing.seq(request.seq), in: Parsing.conversation(request.c), isOn: request.on,
                mid: Parsing.changeID(request.mid), by: socket.state.user)
            return ChangeReply(rev: result.rev)
        }
        on("unpreview", DeleteRequest.self) { (socket, request) async throws(ChatError) in
            let result = try await chat.removePreviews(
                of: Parsing.seq(request.seq), in: Parsing.conversation(request.c),
                mid: Parsing.changeID(request.mid), by: socket.state.user)
            return ChangeReply(rev: result.rev)
        }
        registerReadingAround()
    }

    // MARK: - Reading

    private struct MessageRequest: Codable, Sendable {
        let c: String
        let seq: Int64
    }

    private struct VersionsReply: Codable, Sendable {
        struct Version: Codable, Sendable {
            let v: Int64
            let body: String
            let ts: Int64
        }

        let versions: [Version]
    }

    private struct ThreadRequest: Codable, Sendable {
        let c: String
        let seq: Int64
        let before: Int64?
        let limit: Int?
    }

    private struct ThreadReply: Codable, Sendable {
        let root: WireMessage
        let msgs: [WireMessage]
        let first: Bool
    }

    private struct PinsRequest: Codable, Sendable {
        let c: String
    }

    private struct PinsReply: Codable, Sendable {
        let msgs: [WireMessage]
    }

    private struct MentionsRequest: Codable, Sendable {
        let before: Int64?
        let limit: Int?
    }

    private struct MentionsReply: Codable, Sendable {
        let msgs: [WireMessage]
        let next: Int64?
    }

    private func registerReadingAround() {
        let chat = self.chat
        on("versions", MessageRequest.self) { (socket, request) async throws(ChatError) in
            let versions = try await chat.versions(
                of: Parsing.seq(request.seq), in: Parsing.conversation(request.c), by: socket.state.user)
            return VersionsReply(
                versions: versions.map { .init(v: $0.number, body: $0.body, ts: $0.writtenAt.milliseconds) })
        }
        on("thread", ThreadRequest.self) { (socket, request) async throws(ChatError) in
            var end: MessageSeq?
            if let before = request.before { end = try Parsing.seq(before) }
            let answer = try await chat.thread(
                of: Parsing.seq(request.seq), in: Parsing.conversation(request.c), before: end,
                limit: request.limit ?? Limits.pageMessages, by: socket.state.user)
            return ThreadReply(
                root: WireMessage(answer.root), msgs: answer.messages.map { WireMessage($0) },
                first: answer.isFirst)
        }
        on("pins", PinsRequest.self) { (socket, request) async throws(ChatError) in
            let messages = try await chat.pins(of: Parsing.conversation(request.c), by: socket.state.user)
            return PinsReply(msgs: messages.map { WireMessage($0) })
        }
        on("mentions", MentionsRequest.self) { (socket, request) async throws(ChatError) in
            let answer = try await chat.mentions(
                before: request.before, limit: request.limit ?? Limits.pageMessages, by: socket.state.user)
            return MentionsReply(msgs: answer.messages.map { WireMessage($0) }, next: answer.next)
        }
    }
}
