internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// One's own authenticator and recovery codes.
struct TOTPRoutes: Sendable {
    let chat: Chat

    private struct PasswordOnly: Codable, Sendable {
        let password: String
    }

    private struct CodeOnly: Codable, Sendable {
        let code: String
    }

    private struct Both: Codable, Sendable {
        let password: String
        let code: String
    }

    private struct Secret: Codable, Sendable {
        let secret: String
        let uri: String
    }

    private struct Recovery: Codable, Sendable {
        let recovery: [String]
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.post("me/totp") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let input = try await Route.body(PasswordOnly.self, of: request)
                let secret = try await chat.beginTOTP(
                    password: Route.password(input.password), by: caller.user, from: caller.source)
                return APIResponse.json(Secret(secret: secret.secret, uri: secret.uri))
            }
        }
        router.post("me/totp/confirm") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let input = try await Route.body(CodeOnly.self, of: request)
                let codes = try await chat.confirmTOTP(
                    code: input.code, by: caller.user, from: caller.source)
                return APIResponse.json(Recovery(recovery: codes))
            }
        }
        router.post("me/totp/recovery") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let input = try await Route.body(Both.self, of: request)
                let codes = try await chat.renewRecoveryCodes(
                    password: Route.password(input.password), code: input.code, by: caller.user,
                    from: caller.source)
                return APIResponse.json(Recovery(recovery: codes))
            }
        }
        router.delete("me/totp") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let input = try await Route.body(Both.self, of: request)
                try await chat.endTOTP(
                    password: Route.password(input.password), code: input.code, by: caller.user,
                    from: caller.source)
                return Response(status: .noContent)
            }
        }
    }
}
