internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// A program that asks by the REST interface.
struct Program: Sendable {
    let user: UserID
    /// The name that it gave its request.
    let key: IdempotencyKey?
    let chat: Chat

    /// Who sent the request. Only the header counts: a cookie would let a foreign page ask.
    static func asking(
        _ request: Request, _ context: GatewayContext, _ chat: Chat
    ) async throws(ChatError) -> Program {
        guard let header = request.headers[.authorization], header.prefix(7).lowercased() == "bearer " else {
            throw .unauthorized
        }
        let who = try await chat.authenticateProgram(
            String(header.dropFirst(7)), from: context.source(of: request))
        return Program(
            user: who.account.user.id, key: try Route.idempotencyKey(of: request), chat: chat)
    }

    /// The `cid` of what it sends.
    var cid: ClientMessageID { chat.cid(for: key, of: user) }

    /// The `mid` of what it changes.
    var mid: ChangeID { chat.mid(for: key, of: user) }
}

extension RouterGroup<GatewayContext> {
    /// A route of the REST interface; what it throws becomes the documented error.
    func program(
        _ method: HTTPRequest.Method, _ path: RouterPath, _ chat: Chat,
        _ work: @escaping @Sendable (Request, GatewayContext, Program) async throws(ChatError) -> Response
    ) {
        on(path, method: method) { request, context in
            await Route.answer { () async throws(ChatError) in
                try await work(request, context, try await Program.asking(request, context, chat))
            }
        }
    }
}

extension Route {
    /// The message of the path.
    static func seq(in context: GatewayContext) throws(ChatError) -> MessageSeq {
        guard let number = context.parameters.get("seq").flatMap({ Int64($0) }),
            let seq = MessageSeq(exactly: number)
        else { throw .messageNotFound }
        return seq
    }

    /// A text of the query to search by.
    static func search(of request: Request) throws(ChatError) -> SearchText {
        try Parsing.value { () throws(InvalidValue) in try SearchText(text("q", of: request) ?? "") }
    }
}
