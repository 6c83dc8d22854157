internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// What administrators do about bots.
struct BotRoutes: Sendable {
    let chat: Chat

    private struct Bot: Encodable, Sendable {
        let user: WireUser
        let created: Int64
        let by: WireUser?
        let seen: Int64?
        let rooms: Int

        init(_ bot: BotListing) {
            user = WireUser(bot.user)
            created = bot.createdAt.milliseconds
            by = bot.by.map { WireUser($0) }
            seen = bot.seenAt?.milliseconds
            rooms = bot.rooms
        }
    }

    private struct List: Encodable, Sendable {
        let bots: [Bot]
    }

    private struct NewBot: Codable, Sendable {
        let username: String
        let name: String
    }

    private struct MadeBot: Encodable, Sendable {
        let bot: Bot
        let token: String
    }

    private struct Token: Encodable, Sendable {
        let token: String
    }

    private struct Change: Codable, Sendable {
        let name: String?
        let state: String?
    }

    func add(to router: RouterGroup<GatewayContext>) {
        let bots = router.group("admin/bots")
        bots.get { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                return APIResponse.json(List(bots: try await chat.listBots(by: caller.user).map { Bot($0) }))
            }
        }
        bots.post { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let input = try await Route.body(NewBot.self, of: request)
                let username = try Parsing.value { () throws(InvalidValue) in try Username(input.username) }
                let name = try Parsing.value { () throws(InvalidValue) in try DisplayName(input.name) }
                let made = try await chat.makeBot(username: username, name: name, by: caller.actor)
                return APIResponse.json(
                    MadeBot(bot: Bot(made.bot), token: made.token.text), status: .created)
            }
        }
        bots.patch("{u}") { request, context in
            await Route.answer { () async throws(ChatError) in try await change(request, context) }
        }
        bots.post("{u}/token") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let token = try await chat.renewToken(of: Route.user(in: context), by: caller.actor)
                return APIResponse.json(Token(token: token.text))
            }
        }
        bots.delete("{u}/token") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                try await chat.revokeToken(of: Route.user(in: context), by: caller.actor)
                return Response(status: .noContent)
            }
        }
    }

    private func change(_ request: Request, _ context: GatewayContext) async throws(ChatError) -> Response {
        let caller = try await Route.caller(of: request, context, chat)
        let input = try await Route.body(Change.self, of: request)
        var name: DisplayName?
        if let text = input.name {
            name = try Parsing.value { () throws(InvalidValue) in try DisplayName(text) }
        }
        var state: AccountState?
        if let word = input.state {
            guard let known = AccountState(rawValue: word), known != .banned else {
                throw .invalid(.state, .malformed)
            }
            state = known
        }
        let bot = try await chat.changeBot(
            Route.user(in: context), name: name, state: state, by: caller.actor)
        return APIResponse.json(Bot(bot))
    }
}
