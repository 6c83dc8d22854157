internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The interface for programs, `/api/v1`, as `openapi.json` describes it: the same use cases as the events.
struct RESTRoutes: Sendable {
    let chat: Chat

    /// The answer to `me` and `users/{u}`.
    private struct OneUser: Encodable, Sendable {
        let user: WireUser
    }

    private struct Users: Encodable, Sendable {
        let users: [WireUser]
    }

    func add(to router: Router<GatewayContext>) {
        router.get("api/openapi.json") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-cache"],
                body: .init(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_json)))
        }
        let v1 = router.group("api/v1")
        v1.program(.get, "me", chat) { (_, _, program) async throws(ChatError) in
            APIResponse.json(
                OneUser(user: WireUser(try await chat.profile(of: program.user).account.user)))
        }
        v1.program(.get, "users", chat) { (request, _, program) async throws(ChatError) in
            let users = try await chat.searchPeople(
                Route.search(of: request),
                limit: Route.number("limit", of: request) ?? Limits.searchResults, by: program.user)
            return APIResponse.json(Users(users: users.map { WireUser($0) }))
        }
        v1.program(.get, "users/{u}", chat) { (_, context, program) async throws(ChatError) in
            let user = try await chat.findUser(context.parameters.get("u") ?? "", by: program.user)
            return APIResponse.json(OneUser(user: WireUser(user)))
        }
        RESTConversations(chat: chat).add(to: v1)
        RESTMessages(chat: chat).add(to: v1)
        RESTChanges(chat: chat).add(to: v1)
        RESTFiles(chat: chat).add(to: v1)
        RESTSearch(chat: chat).add(to: v1)
        for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
            v1.on("**", method: method) { _, _ in
                APIResponse.error(
                    ChatError(code: .notFound, message: "There is no such route.", retryable: false))
            }
        }
    }
}
