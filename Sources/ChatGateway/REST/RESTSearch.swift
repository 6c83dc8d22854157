internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Search in messages.
struct RESTSearch: Sendable {
    let chat: Chat

    private struct Hits: Encodable, Sendable {
        struct Hit: Encodable, Sendable {
            let mid: Int64
            let message: WireMessage
            let marks: [[Int]]
        }

        let hits: [Hit]
        let next: Int64?
        let missing: Int?
    }

    func add(to v1: RouterGroup<GatewayContext>) {
        v1.program(.get, "search", chat) { (request, _, program) async throws(ChatError) in
            let query = try Parsing.value { () throws(InvalidValue) in
                try MessageQuery(Route.text("q", of: request) ?? "")
            }
            let answer = try await chat.searchMessages(
                query, before: Route.number("before", of: request),
                limit: Route.number("limit", of: request) ?? Limits.searchHits,
                offset: Route.number("tz", of: request) ?? 0, by: program.user)
            return APIResponse.json(
                Hits(
                    hits: answer.hits.map {
                        .init(
                            mid: $0.number, message: WireMessage($0.message),
                            marks: $0.marks.map { [$0.start, $0.length] })
                    }, next: answer.next, missing: answer.missing > 0 ? answer.missing : nil))
        }
    }
}
