internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Links with which somebody sets a password.
struct ResetRoutes: Sendable {
    let chat: Chat

    private struct State: Codable, Sendable {
        let valid: Bool
        let username: String?
    }

    private struct NewPassword: Codable, Sendable {
        let code: String
        let password: String
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.get("reset/{code}") { _, context in
            await Route.answer { () async throws(ChatError) in
                var owner: User?
                if let code = context.parameters.get("code").flatMap({ ResetCode($0) }) {
                    owner = try await chat.checkReset(code)
                }
                return APIResponse.json(State(valid: owner != nil, username: owner?.username))
            }
        }
        router.post("reset") { request, context in
            await Route.answer { () async throws(ChatError) in
                let input = try await Route.body(NewPassword.self, of: request)
                guard let code = ResetCode(input.code) else { throw .resetInvalid }
                let password = try Parsing.value { () throws(InvalidValue) in try Password(input.password) }
                try await chat.resetPassword(code, to: password, from: context.source(of: request))
                return Response(status: .noContent)
            }
        }
    }
}
