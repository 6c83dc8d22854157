internal import ChatDomain
internal import ChatService
internal import NIOCore
internal import SocketIO
internal import SocketIOCore

extension ChatRealtime {
    private struct Send: Codable, Sendable {
        let c: String
        let cid: String
        let body: String
        let files: [String]?
        let reply: Int64?
    }

    private struct Sent: Codable, Sendable {
        let seq: UInt32
        let ts: Int64
        let id: String
        let dup: Bool
    }

    private struct SyncRequest: Codable, Sendable {
        let epoch: String?
        let why: String?
    }

    private struct SyncReply: Codable, Sendable {
        let epoch: String
        let dig: String
        let convs: [WireConversation]
    }

    private struct GapRequest: Codable, Sendable {
        let c: String
        let from: Int64
        let to: Int64?
        let rev: Int64?
        let limit: Int?
    }

    private struct GapReply: Codable, Sendable {
        let msgs: [WireMessage]
        let changed: [WireMessage]
        let changesMore: Bool
        let seq: UInt32
        let rev: Int64
        let more: Bool
        let reset: Bool
        let minSeq: UInt32?
    }

    private struct PageRequest: Codable, Sendable {
        let c: String
        let before: Int64?
        let after: Int64?
        let around: Int64?
        let limit: Int?
    }

    private struct PageReply: Codable, Sendable {
        let msgs: [WireMessage]
        let first: Bool
        let last: Bool
    }

    private struct TypingRequest: Codable, Sendable {
        let c: String
    }

    func registerMessages() {
        let chat = self.chat
        on("send", Send.self) { (socket, request) async throws(ChatError) in
            let cid = try Parsing.value { () throws(InvalidValue) in try ClientMessageID(request.cid) }
            let files = try Parsing.files(request.files ?? [])
            let body = try Parsing.body(request.body, mayBeEmpty: !files.isEmpty)
            var quoted: MessageSeq?
            if let reply = request.reply { quoted = try Parsing.seq(reply) }
            let sent = try await chat.sendMessage(
                body, files: files, cid: cid, to: Parsing.conversation(request.c), quoting: quoted,
                by: socket.state.user)
            return Sent(
                seq: sent.seq.rawValue, ts: sent.sentAt.milliseconds, id: sent.id, dup: sent.isDuplicate)
        }
        on("sync", SyncRequest.self) { [ticks] (socket, request) async throws(ChatError) in
            if request.why == "tick" { ticks.mismatched() }
            let answer = try await chat.sync(for: socket.state.user)
            return SyncReply(
                epoch: answer.epoch, dig: answer.digest.description,
                convs: answer.conversations.map { WireConversation($0) })
        }
        on("gap", GapRequest.self) { (socket, request) async throws(ChatError) in
            var to: MessageSeq?
            if let last = request.to { to = try Parsing.seq(last) }
            let answer = try await chat.catchUpGap(
                in: Parsing.conversation(request.c), from: Parsing.seq(request.from), to: to,
                rev: request.rev,
                limit: request.limit ?? Limits.gapMessages, by: socket.state.user)
            return GapReply(
                msgs: answer.messages.map { WireMessage($0) },
                changed: answer.changed.map { WireMessage($0) }, changesMore: answer.hasMoreChanges,
                seq: answer.seq.rawValue, rev: answer.rev,
                more: answer.hasMore, reset: answer.isReset,
                minSeq: answer.firstSeq.rawValue > 1 ? answer.firstSeq.rawValue : nil)
        }
        on("page", PageRequest.self) { (socket, request) async throws(ChatError) in
            let answer = try await chat.loadPage(
                of: Parsing.conversation(request.c), Self.anchor(of: request),
                limit: request.limit ?? Limits.pageMessages, by: socket.state.user)
            return PageReply(
                msgs: answer.messages.map { WireMessage($0) }, first: answer.isFirst, last: answer.isLast)
        }
        registerTyping()
    }

    private static func anchor(of request: PageRequest) throws(ChatError) -> PageAnchor {
        if let seq = request.before { return .before(try Parsing.seq(seq)) }
        if let seq = request.after { return .after(try Parsing.seq(seq)) }
        if let seq = request.around { return .around(try Parsing.seq(seq)) }
        return .newest
    }

    /// Typing costs no database: whoever's socket is in the conversation's room is a member.
    private func registerTyping() {
        let audience = self.audience
        on("typing", TypingRequest.self) { (socket, request) async throws(ChatError) in
            let room = ChatRooms.conversation(try Parsing.conversation(request.c))
            await Self.afterAnnouncements(on: socket.eventLoop)
            guard await socket.rooms().contains(room) else { throw .conversationNotFound }
            let user = socket.state.account.user
            audience.emit(
                ChatEvents.typing, .init(c: request.c, u: user.id.description, name: user.name), to: [room],
                except: [ChatRooms.user(user.id)], isVolatile: true)
            return Nothing()
        }
    }

    /// Returns when everything that was announced until now has reached the sockets of a loop.
    ///
    /// Announcements come to the loops as tasks, which wait until the packets that have been read are done. What goes from one socket to
    /// others without the store would overtake them, and reach somebody who was just thrown out.
    private static func afterAnnouncements(on eventLoop: any EventLoop) async {
        await withCheckedContinuation { continuation in
            eventLoop.execute { continuation.resume() }
        }
    }
}
