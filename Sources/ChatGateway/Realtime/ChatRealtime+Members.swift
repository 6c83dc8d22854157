internal import ChatDomain
internal import ChatService
internal import SocketIO

/// Who is in a room, and what people in charge of it do.
extension ChatRealtime {
    private struct MembersRequest: Codable, Sendable {
        let c: String
        let q: String?
        let role: String?
        let after: String?
        let limit: Int?
    }

    private struct MembersReply: Codable, Sendable {
        struct Member: Codable, Sendable {
            let u: String
            let username: String
            let name: String
            let avatar: String?
            let role: String
            let joined: Int64
            let silenced: Int64?

            init(_ member: ChatDomain.Member) {
                u = member.user.id.description
                username = member.user.username
                name = member.user.name
                avatar = member.user.avatar.map { "/files/\($0)" }
                role = member.role.rawValue
                joined = member.joinedAt.milliseconds
                let until = member.silencedUntil.milliseconds
                silenced = until > 0 ? until : nil
            }
        }

        let members: [Member]
        let next: String?
    }

    private struct UpdateRequest: Decodable, Sendable {
        let c: String
        let name: String?
        let topic: String?
        let `public`: Bool?
        /// `null` takes the picture away; without the field it stays.
        let avatar: String??

        private enum Keys: String, CodingKey { case c, name, topic, `public`, avatar }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            c = try container.decode(String.self, forKey: .c)
            name = try container.decodeIfPresent(String.self, forKey: .name)
            topic = try container.decodeIfPresent(String.self, forKey: .topic)
            `public` = try container.decodeIfPresent(Bool.self, forKey: .public)
            avatar =
                container.contains(.avatar)
                ? .some(try container.decodeIfPresent(String.self, forKey: .avatar)) : nil
        }
    }

    private struct RoleRequest: Codable, Sendable {
        let c: String
        let u: String
        let role: String
    }

    private struct KickRequest: Codable, Sendable {
        let c: String
        let u: String
    }

    private struct BanRequest: Codable, Sendable {
        let c: String
        let u: String
        let on: Bool
        let reason: String?
    }

    private struct RoomRequest: Codable, Sendable {
        let c: String
    }

    private struct BansReply: Codable, Sendable {
        struct Entry: Codable, Sendable {
            let u: String
            let username: String
            let name: String
            let by: String
            let ts: Int64
            let reason: String
        }

        let list: [Entry]
    }

    private struct MuteRequest: Codable, Sendable {
        let c: String
        let u: String
        let until: Int64
    }

    private struct ArchiveRequest: Codable, Sendable {
        let c: String
        let on: Bool
    }

    func registerMembers() {
        let chat = self.chat
        on("room.members", MembersRequest.self) { (socket, request) async throws(ChatError) in
            let text = try Parsing.value { () throws(InvalidValue) in try SearchText(request.q ?? "") }
            var role: Role?
            if let word = request.role { role = try Parsing.role(word) }
            var after: UserID?
            if let last = request.after { after = try Parsing.user(last) }
            let answer = try await chat.listMembers(
                of: Parsing.conversation(request.c), matching: text, role: role, after: after,
                limit: request.limit ?? Limits.memberPage, by: socket.state.user)
            return MembersReply(
                members: answer.members.map { .init($0) }, next: answer.next?.description)
        }
        on("room.update", UpdateRequest.self) { (socket, request) async throws(ChatError) in
            let summary = try await chat.updateRoom(
                Parsing.conversation(request.c), Self.update(request), by: socket.state.user)
            return ConversationReply(conv: WireConversation(summary))
        }
        on("room.role", RoleRequest.self) { (socket, request) async throws(ChatError) in
            try await chat.changeRole(
                of: Parsing.user(request.u), in: Parsing.conversation(request.c),
                to: Parsing.role(request.role), by: socket.state.user)
            return Nothing()
        }
        on("room.archive", ArchiveRequest.self) { (socket, request) async throws(ChatError) in
            try await chat.archiveRoom(
                Parsing.conversation(request.c), request.on, by: socket.state.user)
            return Nothing()
        }
        registerOrder()
    }

    private func registerOrder() {
        let chat = self.chat
        on("room.kick", KickRequest.self) { (socket, request) async throws(ChatError) in
            try await chat.removeMember(
                Parsing.user(request.u), from: Parsing.conversation(request.c), by: socket.state.user)
            return Nothing()
        }
        on("room.ban", BanRequest.self) { (socket, request) async throws(ChatError) in
            let person = try Parsing.user(request.u)
            let room = try Parsing.conversation(request.c)
            if request.on {
                let reason = try Parsing.value { () throws(InvalidValue) in
                    try BanReason(request.reason ?? "")
                }
                try await chat.ban(person, from: room, reason: reason, by: socket.state.user)
            } else {
                try await chat.unban(person, from: room, by: socket.state.user)
            }
            return Nothing()
        }
        on("room.bans", RoomRequest.self) { (socket, request) async throws(ChatError) in
            let bans = try await chat.listBans(
                from: Parsing.conversation(request.c), by: socket.state.user)
            return BansReply(
                list: bans.map {
                    .init(
                        u: $0.user.id.description, username: $0.user.username, name: $0.user.name,
                        by: $0.by.description, ts: $0.at.milliseconds, reason: $0.reason)
                })
        }
        on("room.mute", MuteRequest.self) { (socket, request) async throws(ChatError) in
            try await chat.silence(
                Parsing.user(request.u), in: Parsing.conversation(request.c),
                until: Parsing.moment(request.until), by: socket.state.user)
            return Nothing()
        }
    }

    private static func update(_ request: UpdateRequest) throws(ChatError) -> RoomUpdate {
        var update = RoomUpdate(isPublic: request.public)
        if let text = request.name {
            update.name =
                text.isEmpty
                ? RoomUpdate.Name.none
                : .named(try Parsing.value { () throws(InvalidValue) in try RoomName(text) })
        }
        if let given = request.avatar {
            update.avatar = .some(try given.map { text throws(ChatError) in try Parsing.file(text) })
        }
        if let text = request.topic {
            update.topic = try Parsing.value { () throws(InvalidValue) in try Topic(text) }
        }
        return update
    }
}
