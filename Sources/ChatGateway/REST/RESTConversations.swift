internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Conversations and their members.
struct RESTConversations: Sendable {
    let chat: Chat

    private struct List: Encodable, Sendable {
        let epoch: String
        let conversations: [WireConversation]
    }

    private struct One: Encodable, Sendable {
        let conversation: WireConversation

        init(_ summary: ConversationSummary) { conversation = WireConversation(summary) }
    }

    private struct NewRoom: Codable, Sendable {
        let name: String
        let topic: String?
        let `public`: Bool
        let members: [String]?
    }

    private struct Direct: Codable, Sendable {
        let u: String
    }

    private struct Added: Codable, Sendable {
        let members: [String]
    }

    private struct Rooms: Encodable, Sendable {
        struct Room: Encodable, Sendable {
            let c: String
            let name: String
            let topic: String
            let members: Int
            let joined: Bool
        }

        let rooms: [Room]
    }

    private struct Members: Encodable, Sendable {
        struct Entry: Encodable, Sendable {
            let u: String
            let username: String
            let name: String
            let role: String
            let joined: Int64
            let bot: Bool?
        }

        let members: [Entry]
        let next: String?
    }

    func add(to v1: RouterGroup<GatewayContext>) {
        v1.program(.get, "conversations", chat) { (_, _, program) async throws(ChatError) in
            let answer = try await chat.sync(for: program.user)
            return APIResponse.json(
                List(epoch: answer.epoch, conversations: answer.conversations.map { WireConversation($0) }))
        }
        v1.program(.post, "conversations", chat) { (request, _, program) async throws(ChatError) in
            let input = try await Route.body(NewRoom.self, of: request)
            let name = try Parsing.value { () throws(InvalidValue) in try RoomName(input.name) }
            let topic = try Parsing.value { () throws(InvalidValue) in try Topic(input.topic ?? "") }
            let summary = try await chat.createRoom(
                name: name, topic: topic, isPublic: input.public, members: Parsing.users(input.members ?? []),
                by: program.user)
            return APIResponse.json(One(summary), status: .created)
        }
        v1.program(.post, "direct", chat) { (request, _, program) async throws(ChatError) in
            let input = try await Route.body(Direct.self, of: request)
            return APIResponse.json(
                One(try await chat.openDirect(with: Parsing.user(input.u), by: program.user)))
        }
        v1.program(.get, "rooms", chat) { (request, _, program) async throws(ChatError) in
            let rooms = try await chat.listRooms(
                Route.search(of: request), archived: Route.text("archived", of: request) == "true",
                by: program.user)
            return APIResponse.json(
                Rooms(
                    rooms: rooms.map {
                        .init(
                            c: $0.id.description, name: $0.name, topic: $0.topic, members: $0.members,
                            joined: $0.isJoined)
                    }))
        }
        addOne(to: v1)
    }

    private func addOne(to v1: RouterGroup<GatewayContext>) {
        v1.program(.get, "conversations/{c}", chat) { (_, context, program) async throws(ChatError) in
            APIResponse.json(
                One(try await chat.conversation(Route.conversation(in: context), for: program.user)))
        }
        v1.program(.post, "conversations/{c}/join", chat) { (_, context, program) async throws(ChatError) in
            APIResponse.json(
                One(try await chat.joinRoom(Route.conversation(in: context), by: program.user)))
        }
        v1.program(.post, "conversations/{c}/leave", chat) { (_, context, program) async throws(ChatError) in
            try await chat.leaveRoom(Route.conversation(in: context), by: program.user)
            return Response(status: .noContent)
        }
        v1.program(.post, "conversations/{c}/members", chat) {
            (request, context, program) async throws(ChatError) in
            let input = try await Route.body(Added.self, of: request)
            let summary = try await chat.addMembers(
                Parsing.users(input.members), to: Route.conversation(in: context), by: program.user)
            return APIResponse.json(One(summary))
        }
        v1.program(.get, "conversations/{c}/members", chat) {
            (request, context, program) async throws(ChatError) in
            try await members(request, context, program)
        }
    }

    private func members(
        _ request: Request, _ context: GatewayContext, _ program: Program
    ) async throws(ChatError) -> Response {
        var role: Role?
        if let word = Route.text("role", of: request) { role = try Parsing.role(word) }
        var after: UserID?
        if let last = Route.text("after", of: request) { after = try Parsing.user(last) }
        let answer = try await chat.listMembers(
            of: Route.conversation(in: context), matching: Route.search(of: request), role: role,
            after: after,
            limit: Route.number("limit", of: request) ?? Limits.memberPage, by: program.user)
        return APIResponse.json(
            Members(
                members: answer.members.map {
                    .init(
                        u: $0.user.id.description, username: $0.user.username, name: $0.user.name,
                        role: $0.role.rawValue, joined: $0.joinedAt.milliseconds,
                        bot: $0.user.isBot ? true : nil)
                }, next: answer.next?.description))
    }
}
