internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// What administrators do about people.
struct PeopleRoutes: Sendable {
    let chat: Chat

    private struct List: Encodable, Sendable {
        let people: [WireAdminPerson]
        let next: String?
    }

    private struct NewPerson: Codable, Sendable {
        let username: String
        let name: String
        let role: String?
    }

    private struct MadePerson: Encodable, Sendable {
        let me: WireUser
        let url: String
        let expiresAt: Int64
    }

    private struct Change: Codable, Sendable {
        let role: String?
        let state: String?
        let name: String?
        let removeContent: Bool?
    }

    private struct Reset: Codable, Sendable {
        let url: String
        let expiresAt: Int64

        init(_ reset: PasswordReset) {
            url = "/reset/\(reset.code.text)"
            expiresAt = reset.expiresAt.milliseconds
        }
    }

    func add(to router: RouterGroup<GatewayContext>) {
        let people = router.group("admin/people")
        people.get { request, context in
            await Route.answer { () async throws(ChatError) in try await list(request, context) }
        }
        people.post { request, context in
            await Route.answer { () async throws(ChatError) in try await make(request, context) }
        }
        people.patch("{u}") { request, context in
            await Route.answer { () async throws(ChatError) in try await change(request, context) }
        }
        people.post("{u}/reset") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                return APIResponse.json(
                    Reset(try await chat.makeReset(for: Route.user(in: context), by: caller.actor)))
            }
        }
        people.post("{u}/totp/off") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                try await chat.endTOTP(of: Route.user(in: context), by: caller.actor)
                return Response(status: .noContent)
            }
        }
        addSessions(to: people)
    }

    private func addSessions(to people: RouterGroup<GatewayContext>) {
        people.get("{u}/sessions") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let sessions = try await chat.listSessions(of: Route.user(in: context), by: caller.user)
                return APIResponse.json(WireSessions(sessions, current: caller.session))
            }
        }
        people.delete("{u}/sessions") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                try await chat.revokeSessions(of: Route.user(in: context), by: caller.actor)
                return Response(status: .noContent)
            }
        }
        people.delete("{u}/sessions/{session}") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                try await chat.revokeSessions(
                    of: Route.user(in: context), only: Route.session(in: context), by: caller.actor)
                return Response(status: .noContent)
            }
        }
    }

    private func list(_ request: Request, _ context: GatewayContext) async throws(ChatError) -> Response {
        let caller = try await Route.caller(of: request, context, chat)
        let text = try Parsing.value { () throws(InvalidValue) in
            try SearchText(Route.text("q", of: request) ?? "")
        }
        var after: UserID?
        if let id = Route.text("after", of: request) { after = try Parsing.user(id) }
        let limit = try Route.number("limit", of: request) ?? Limits.searchResults
        let people = try await chat.listPeople(text, after: after, limit: limit, by: caller.user)
        let isFull = people.count >= min(max(limit, 1), Limits.searchResultsMaximum)
        return APIResponse.json(
            List(
                people: people.map { WireAdminPerson($0) },
                next: isFull ? people.last?.user.id.description : nil))
    }

    private func make(_ request: Request, _ context: GatewayContext) async throws(ChatError) -> Response {
        let caller = try await Route.caller(of: request, context, chat)
        let input = try await Route.body(NewPerson.self, of: request)
        let username = try Parsing.value { () throws(InvalidValue) in try Username(input.username) }
        let name = try Parsing.value { () throws(InvalidValue) in try DisplayName(input.name) }
        let role = try Self.role(input.role) ?? .member
        let (user, reset) = try await chat.makePerson(
            username: username, name: name, role: role, by: caller.actor)
        let link = Reset(reset)
        return APIResponse.json(
            MadePerson(me: WireUser(user), url: link.url, expiresAt: link.expiresAt), status: .created)
    }

    private func change(_ request: Request, _ context: GatewayContext) async throws(ChatError) -> Response {
        let caller = try await Route.caller(of: request, context, chat)
        let input = try await Route.body(Change.self, of: request)
        var change = PersonChange()
        change.removesContent = input.removeContent ?? false
        change.role = try Self.role(input.role)
        if let text = input.state {
            guard let state = AccountState(rawValue: text) else { throw .invalid(.state, .malformed) }
            change.state = state
        }
        if let name = input.name {
            change.name = try Parsing.value { () throws(InvalidValue) in try DisplayName(name) }
        }
        let person = try await chat.changePerson(Route.user(in: context), change, by: caller.actor)
        return APIResponse.json(WireAdminPerson(person))
    }

    private static func role(_ text: String?) throws(ChatError) -> AccountRole? {
        guard let text else { return nil }
        guard let role = AccountRole(rawValue: text) else { throw .invalid(.role, .malformed) }
        return role
    }
}
