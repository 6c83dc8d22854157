internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Messages: read and sent.
struct RESTMessages: Sendable {
    let chat: Chat

    private struct Page: Encodable, Sendable {
        let messages: [WireMessage]
        let first: Bool
        let last: Bool
    }

    private struct One: Encodable, Sendable {
        let message: WireMessage
    }

    private struct Some: Encodable, Sendable {
        let messages: [WireMessage]
    }

    private struct Thread: Encodable, Sendable {
        let root: WireMessage
        let messages: [WireMessage]
        let first: Bool
    }

    private struct NewMessage: Codable, Sendable {
        let body: String?
        let reply: Int64?
        let files: [String]?
    }

    private struct Sent: Encodable, Sendable {
        let c: String
        let seq: UInt32
        let id: String
        let ts: Int64
        let dup: Bool
    }

    func add(to v1: RouterGroup<GatewayContext>) {
        v1.program(.get, "conversations/{c}/messages", chat) {
            (request, context, program) async throws(ChatError) in
            let answer = try await chat.loadPage(
                of: Route.conversation(in: context), Self.anchor(of: request),
                limit: Route.number("limit", of: request) ?? Limits.pageMessages, by: program.user)
            return APIResponse.json(
                Page(
                    messages: answer.messages.map { WireMessage($0) }, first: answer.isFirst,
                    last: answer.isLast))
        }
        v1.program(.post, "conversations/{c}/messages", chat) {
            (request, context, program) async throws(ChatError) in
            try await send(request, context, program)
        }
        v1.program(.get, "conversations/{c}/messages/{seq}", chat) {
            (_, context, program) async throws(ChatError) in
            let message = try await chat.message(
                Route.seq(in: context), in: Route.conversation(in: context), by: program.user)
            return APIResponse.json(One(message: WireMessage(message)))
        }
        v1.program(.get, "conversations/{c}/messages/{seq}/thread", chat) {
            (request, context, program) async throws(ChatError) in
            var end: MessageSeq?
            if let before = try Route.number("before", of: request, as: Int64.self) {
                end = try Parsing.seq(before)
            }
            let answer = try await chat.thread(
                of: Route.seq(in: context), in: Route.conversation(in: context), before: end,
                limit: Route.number("limit", of: request) ?? Limits.pageMessages, by: program.user)
            return APIResponse.json(
                Thread(
                    root: WireMessage(answer.root), messages: answer.messages.map { WireMessage($0) },
                    first: answer.isFirst))
        }
        v1.program(.get, "conversations/{c}/pins", chat) { (_, context, program) async throws(ChatError) in
            let messages = try await chat.pins(of: Route.conversation(in: context), by: program.user)
            return APIResponse.json(Some(messages: messages.map { WireMessage($0) }))
        }
    }

    private func send(
        _ request: Request, _ context: GatewayContext, _ program: Program
    ) async throws(ChatError) -> Response {
        let input = try await Route.body(NewMessage.self, of: request)
        let files = try Parsing.files(input.files ?? [])
        let body = try Parsing.body(input.body ?? "", mayBeEmpty: !files.isEmpty)
        var quoted: MessageSeq?
        if let reply = input.reply { quoted = try Parsing.seq(reply) }
        let sent = try await chat.sendMessage(
            body, files: files, cid: program.cid, to: Route.conversation(in: context), quoting: quoted,
            by: program.user)
        return APIResponse.json(
            Sent(
                c: sent.conversation.description, seq: sent.seq.rawValue, id: sent.id,
                ts: sent.sentAt.milliseconds, dup: sent.isDuplicate),
            status: sent.isDuplicate ? .ok : .created)
    }

    private static func anchor(of request: Request) throws(ChatError) -> PageAnchor {
        for (name, anchor) in [
            ("before", PageAnchor.before), ("after", PageAnchor.after), ("around", PageAnchor.around),
        ] as [(String, @Sendable (MessageSeq) -> PageAnchor)] {
            if let number = try Route.number(name, of: request, as: Int64.self) {
                return anchor(try Parsing.seq(number))
            }
        }
        return .newest
    }
}
