internal import ChatDomain
internal import ChatService
internal import FoundationEssentials
internal import Hummingbird
internal import NIOCore

/// What the routes of the HTTP API have in common.
enum Route {
    /// Runs a route; what it throws becomes the documented error.
    static func answer(_ work: () async throws(ChatError) -> Response) async -> Response {
        do throws(ChatError) {
            return try await work()
        } catch {
            return APIResponse.error(error)
        }
    }

    /// Reads a JSON body of at most 64 KiB.
    static func body<Body: Decodable>(_ type: Body.Type, of request: Request) async throws(ChatError) -> Body
    {
        do {
            let bytes = try await request.body.collect(upTo: 64 << 10)
            return try JSONDecoder().decode(type, from: Data(bytes.readableBytesView))
        } catch {
            throw ChatError(
                code: .invalid, message: "The body is not the JSON object that this request takes.",
                retryable: false)
        }
    }

    /// Who sent the request.
    static func user(of request: Request, _ chat: Chat) async throws(ChatError) -> UserID {
        guard let token = SessionCookie.token(in: request.headers) else { throw .unauthorized }
        return try await chat.authenticate(token).account.user.id
    }
}
