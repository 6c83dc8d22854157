internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Invitations and settings.
struct AdminRoutes: Sendable {
    let chat: Chat

    private struct InviteState: Codable, Sendable {
        let valid: Bool
        let by: String?
    }

    private struct NewInvite: Codable, Sendable {
        let hours: Int?
        let uses: Int?
    }

    private struct Invite: Codable, Sendable {
        let code: String
        let url: String
        let expiresAt: Int64
        let uses: Int
    }

    private struct Settings: Codable, Sendable {
        let signup: String
        let name: String

        init(_ settings: ServerSettings) {
            signup = settings.signup.rawValue
            name = settings.name
        }
    }

    private struct SettingsChange: Codable, Sendable {
        let signup: String?
        let name: String?
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.get("invites/{code}") { _, context in
            await Route.answer { () async throws(ChatError) in
                let code = context.parameters.get("code").flatMap { InviteCode($0) }
                guard let code, let inviter = try await chat.checkInvite(code) else {
                    return APIResponse.json(InviteState(valid: false, by: nil))
                }
                return APIResponse.json(InviteState(valid: true, by: inviter.name))
            }
        }
        router.post("invites") { request, _ in
            await Route.answer { () async throws(ChatError) in
                let user = try await Route.user(of: request, chat)
                let input = try await Route.body(NewInvite.self, of: request)
                let terms = try Parsing.value { () throws(InvalidValue) in
                    try InviteTerms(hours: input.hours, uses: input.uses)
                }
                let invite = try await chat.createInvite(terms, by: user)
                let path = "/join/\(invite.code.text)"
                return APIResponse.json(
                    Invite(
                        code: invite.code.text, url: path, expiresAt: invite.expiresAt.milliseconds,
                        uses: invite.uses),
                    status: .created)
            }
        }
        router.get("settings") { request, _ in
            await Route.answer { () async throws(ChatError) in
                let user = try await Route.user(of: request, chat)
                return APIResponse.json(Settings(try await chat.settings(for: user)))
            }
        }
        router.put("settings") { request, _ in
            await Route.answer { () async throws(ChatError) in try await change(request) }
        }
    }

    private func change(_ request: Request) async throws(ChatError) -> Response {
        let user = try await Route.user(of: request, chat)
        let input = try await Route.body(SettingsChange.self, of: request)
        var signup: SignupMode?
        if let text = input.signup {
            guard let mode = SignupMode(rawValue: text) else {
                throw ChatError(code: .invalid, message: "signup: open or invite.", retryable: false)
            }
            signup = mode
        }
        var name: ServerName?
        if let text = input.name {
            name = try Parsing.value { () throws(InvalidValue) in try ServerName(text) }
        }
        return APIResponse.json(Settings(try await chat.changeSettings(signup: signup, name: name, by: user)))
    }
}
