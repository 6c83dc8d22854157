internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Invitations: for whoever holds one, and for administrators.
struct InviteRoutes: Sendable {
    let chat: Chat

    private struct State: Codable, Sendable {
        struct Room: Codable, Sendable {
            let name: String
            let members: Int
        }

        let valid: Bool
        let by: String?
        let server: String
        let rooms: [Room]
        let reason: String?
    }

    private struct NewInvite: Codable, Sendable {
        let hours: Int?
        let uses: Int?
        let rooms: [String]?
    }

    private struct Invite: Codable, Sendable {
        let id: String
        let code: String
        let url: String
        let expiresAt: Int64
        let uses: Int
    }

    private struct Accepted: Codable, Sendable {
        let convs: [String]
    }

    private struct List: Codable, Sendable {
        struct Entry: Codable, Sendable {
            let id: String
            let by: WireUser
            let created: Int64
            let expiresAt: Int64
            let uses: Int
            let used: Int
            let rooms: [Room]
            let reason: String?

            struct Room: Codable, Sendable {
                let c: String
                let name: String
            }
        }

        let invites: [Entry]
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.get("invites/{code}") { _, context in
            await Route.answer { () async throws(ChatError) in
                let invite = try await chat.checkInvite(
                    context.parameters.get("code").flatMap { InviteCode($0) })
                return APIResponse.json(
                    State(
                        valid: invite.problem == nil, by: invite.by?.name, server: invite.server,
                        rooms: invite.rooms.map { .init(name: $0.name, members: $0.members) },
                        reason: invite.problem?.rawValue))
            }
        }
        router.post("invites/{code}/accept") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                guard let code = context.parameters.get("code").flatMap({ InviteCode($0) }) else {
                    throw .inviteInvalid
                }
                let rooms = try await chat.acceptInvite(code, by: caller.user, from: caller.source)
                return APIResponse.json(Accepted(convs: rooms.map(\.description)))
            }
        }
        router.post("invites") { request, context in
            await Route.answer { () async throws(ChatError) in try await make(request, context) }
        }
        router.get("admin/invites") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let now = chat.now
                let invites = try await chat.listInvites(by: caller.user)
                return APIResponse.json(
                    List(
                        invites: invites.map { invite in
                            .init(
                                id: invite.id.description, by: WireUser(invite.by),
                                created: invite.createdAt.milliseconds,
                                expiresAt: invite.expiresAt.milliseconds, uses: invite.uses,
                                used: invite.used,
                                rooms: invite.rooms.map { .init(c: $0.id.description, name: $0.name) },
                                reason: invite.problem(at: now)?.rawValue)
                        }))
            }
        }
        router.delete("admin/invites/{id}") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                guard let id = context.parameters.get("id").flatMap({ InviteID($0) }) else {
                    throw ChatError(
                        code: .notFound, message: "There is no such invitation.", retryable: false)
                }
                try await chat.revokeInvite(id, by: caller.user, from: caller.source)
                return Response(status: .noContent)
            }
        }
    }

    private func make(_ request: Request, _ context: GatewayContext) async throws(ChatError) -> Response {
        let caller = try await Route.caller(of: request, context, chat)
        let input = try await Route.body(NewInvite.self, of: request)
        let terms = try Parsing.value { () throws(InvalidValue) in
            try InviteTerms(hours: input.hours, uses: input.uses)
        }
        var rooms: [ConversationID] = []
        for text in input.rooms ?? [] { rooms.append(try Parsing.conversation(text)) }
        let invite = try await chat.createInvite(
            terms, rooms: rooms, by: caller.user, from: caller.source)
        return APIResponse.json(
            Invite(
                id: invite.id.description, code: invite.code.text, url: "/join/\(invite.code.text)",
                expiresAt: invite.expiresAt.milliseconds, uses: invite.uses),
            status: .created)
    }
}
