internal import ChatDomain
internal import ChatService
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The way in for other programs: whoever knows the address writes into its room.
///
/// No cookie and no origin counts here, so that there is nothing that a foreign page could misuse.
struct IncomingHookRoutes: Sendable {
    let chat: Chat

    private struct Posted: Encodable, Sendable {
        let c: String
        let seq: UInt32
        let id: String
    }

    func add(to router: Router<GatewayContext>) {
        router.post("hooks/{secret}") { request, context in
            await Route.answer { () async throws(ChatError) in try await post(request, context) }
        }
    }

    private func post(_ request: Request, _ context: GatewayContext) async throws(ChatError) -> Response {
        let secret = context.parameters.get("secret").flatMap { HookSecret($0) }
        let content = try await HookContent.reading(request)
        let body = try Parsing.value { () throws(InvalidValue) in try MessageBody(content.text) }
        var alias: DisplayName?
        if let name = content.name, !name.isEmpty {
            alias = try Parsing.value { () throws(InvalidValue) in try DisplayName(name) }
        }
        let sent = try await chat.postByHook(
            secret, body, as: alias, key: try Route.idempotencyKey(of: request),
            from: context.source(of: request))
        return APIResponse.json(
            Posted(c: sent.conversation.description, seq: sent.seq.rawValue, id: sent.id),
            status: sent.isDuplicate ? .ok : .created)
    }
}

extension Route {
    /// The name that a program gave its request; nil without one.
    static func idempotencyKey(of request: Request) throws(ChatError) -> IdempotencyKey? {
        // A constant of plain ASCII letters: it is always a valid field name.
        guard let field = HTTPField.Name("Idempotency-Key"), let text = request.headers[field] else {
            return nil
        }
        return try Parsing.value { () throws(InvalidValue) in try IdempotencyKey(text) }
    }
}
