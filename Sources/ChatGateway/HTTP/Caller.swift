internal import ChatDomain
internal import ChatService
internal import Hummingbird

/// Who sent a request, and from where.
struct Caller: Sendable {
    let user: UserID
    let session: SessionID
    let source: RequestSource

    var actor: Actor { Actor(user, from: source) }
}

extension Route {
    /// Who sent the request. Throws `unauthorized` for nobody.
    static func caller(
        of request: Request, _ context: GatewayContext, _ chat: Chat
    ) async throws(ChatError) -> Caller {
        guard let token = SessionCookie.token(in: request.headers) else { throw .unauthorized }
        let who = try await chat.authenticate(token)
        return Caller(user: who.account.user.id, session: who.session, source: context.source(of: request))
    }

    /// An id of the path.
    static func user(in context: GatewayContext) throws(ChatError) -> UserID {
        try Parsing.user(context.parameters.get("u") ?? "")
    }

    static func session(in context: GatewayContext) throws(ChatError) -> SessionID {
        guard let id = context.parameters.get("session").flatMap({ SessionID($0) }) else {
            throw .sessionNotFound
        }
        return id
    }

    /// A number of the query; nil when there is none.
    static func number<Number: FixedWidthInteger>(
        _ name: String, of request: Request, as type: Number.Type = Number.self
    ) throws(ChatError) -> Number? {
        guard let text = request.uri.queryParameters[Substring(name)] else { return nil }
        guard let number = Number(String(text)) else {
            throw ChatError(code: .invalid, message: "\(name): not a number.", retryable: false)
        }
        return number
    }

    /// A text of the query; nil when there is none.
    static func text(_ name: String, of request: Request) -> String? {
        request.uri.queryParameters[Substring(name)].map(String.init)
    }
}
