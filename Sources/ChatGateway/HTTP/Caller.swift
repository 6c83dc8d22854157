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
        guard let text = text(name, of: request) else { return nil }
        guard let number = Number(text) else {
            throw ChatError(code: .invalid, message: "\(name): not a number.", retryable: false)
        }
        return number
    }

    /// A text of the query; nil when there is none.
    static func text(_ name: String, of request: Request) -> String? {
        guard let query = request.uri.query, let bytes = FormFields.value(name, of: query.utf8) else {
            return nil
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
