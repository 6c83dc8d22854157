internal import ChatDomain
internal import ChatService
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// Messages: changed.
struct RESTChanges: Sendable {
    let chat: Chat

    private struct Edit: Codable, Sendable {
        let body: String
        let base: Int64?
    }

    private struct Result: Encodable, Sendable {
        let rev: Int64
        let v: Int64

        init(_ result: ChangeResult) {
            rev = result.rev
            v = result.version
        }
    }

    func add(to v1: RouterGroup<GatewayContext>) {
        v1.program(.patch, "conversations/{c}/messages/{seq}", chat) {
            (request, context, program) async throws(ChatError) in
            let input = try await Route.body(Edit.self, of: request)
            let body = try Parsing.body(input.body, mayBeEmpty: true)
            let (seq, room) = (try Route.seq(in: context), try Route.conversation(in: context))
            // Without a version the present one is meant; if somebody else is faster, it is a conflict all the same.
            let base: Int64
            if let given = input.base {
                base = given
            } else {
                base = try await chat.message(seq, in: room, by: program.user).version
            }
            return APIResponse.json(
                Result(
                    try await chat.editMessage(
                        seq, in: room, body: body, base: base, mid: program.mid, by: program.user)))
        }
        v1.program(.delete, "conversations/{c}/messages/{seq}", chat) {
            (_, context, program) async throws(ChatError) in
            APIResponse.json(
                Result(
                    try await chat.deleteMessage(
                        Route.seq(in: context), in: Route.conversation(in: context), mid: program.mid,
                        by: program.user)))
        }
        for (method, isOn) in [(HTTPRequest.Method.put, true), (.delete, false)] {
            v1.program(method, "conversations/{c}/messages/{seq}/reactions/{emoji}", chat) {
                (_, context, program) async throws(ChatError) in
                let text = (context.parameters.get("emoji") ?? "").removingPercentEncoding ?? ""
                let emoji = try Parsing.value { () throws(InvalidValue) in try Emoji(text) }
                return APIResponse.json(
                    Result(
                        try await chat.reactToMessage(
                            Route.seq(in: context), in: Route.conversation(in: context), emoji: emoji,
                            isOn: isOn, mid: program.mid, by: program.user)))
            }
            v1.program(method, "conversations/{c}/messages/{seq}/pin", chat) {
                (_, context, program) async throws(ChatError) in
                APIResponse.json(
                    Result(
                        try await chat.pinMessage(
                            Route.seq(in: context), in: Route.conversation(in: context), isOn: isOn,
                            mid: program.mid, by: program.user)))
            }
        }
    }
}
