internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Webhooks of a room, for those who are in charge of it.
struct HookRoutes: Sendable {
    let chat: Chat

    private struct List: Encodable, Sendable {
        let hooks: [WireHook]
    }

    private struct NewHook: Codable, Sendable {
        let kind: String
        let name: String
        let url: String?
        let match: String?
        let word: String?
    }

    private struct Incoming: Encodable, Sendable {
        let hook: WireHook
        let url: String
    }

    private struct Outgoing: Encodable, Sendable {
        let hook: WireHook
        let secret: String
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.get("conversations/{c}/hooks") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let hooks = try await chat.listHooks(of: Route.conversation(in: context), by: caller.user)
                return APIResponse.json(List(hooks: hooks.map { WireHook($0) }))
            }
        }
        router.post("conversations/{c}/hooks") { request, context in
            await Route.answer { () async throws(ChatError) in try await make(request, context) }
        }
        router.delete("conversations/{c}/hooks/{h}") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                guard let id = context.parameters.get("h").flatMap({ HookID($0) }) else {
                    throw ChatError(
                        code: .notFound, message: "There is no such webhook.", retryable: false)
                }
                try await chat.deleteHook(id, of: Route.conversation(in: context), by: caller.actor)
                return Response(status: .noContent)
            }
        }
    }

    private func make(_ request: Request, _ context: GatewayContext) async throws(ChatError) -> Response {
        let caller = try await Route.caller(of: request, context, chat)
        let input = try await Route.body(NewHook.self, of: request)
        let name = try Parsing.value { () throws(InvalidValue) in try DisplayName(input.name) }
        let room = try Route.conversation(in: context)
        switch input.kind {
        case "in":
            let made = try await chat.makeHook(.incoming, name: name, in: room, by: caller.actor)
            return APIResponse.json(
                Incoming(hook: WireHook(made.hook), url: "/hooks/\(made.secret.text)"), status: .created)
        case "out":
            let url = try Parsing.value { () throws(InvalidValue) in try WebURL(input.url ?? "") }
            let match = try Parsing.value { () throws(InvalidValue) in
                try HookMatch(input.match, word: input.word)
            }
            let made = try await chat.makeHook(.outgoing(url, match), name: name, in: room, by: caller.actor)
            return APIResponse.json(
                Outgoing(hook: WireHook(made.hook), secret: made.secret.text), status: .created)
        default:
            throw ChatError(code: .invalid, message: "kind: in or out.", retryable: false)
        }
    }
}

extension Route {
    /// The conversation of the path.
    static func conversation(in context: GatewayContext) throws(ChatError) -> ConversationID {
        try Parsing.conversation(context.parameters.get("c") ?? "")
    }
}
