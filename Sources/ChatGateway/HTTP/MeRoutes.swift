internal import ChatDomain
internal import ChatService
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import SocketIO

/// One's own account: what others see, preferences, password, devices.
struct MeRoutes: Sendable {
    let chat: Chat

    private struct Change: Codable, Sendable {
        let name: String?
        let status: String?
        let locale: String?
        let prefs: JSONValue?
    }

    private struct NewPassword: Codable, Sendable {
        let current: String
        let password: String
    }

    private struct Me: Encodable, Sendable {
        let me: WireMe
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.get("me") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                return APIResponse.json(Me(me: WireMe(try await chat.profile(of: caller.user))))
            }
        }
        router.patch("me") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let change = try Self.parse(try await Route.body(Change.self, of: request))
                let profile = try await chat.changeProfile(change, by: caller.user, from: caller.source)
                return APIResponse.json(Me(me: WireMe(profile)))
            }
        }
        router.post("me/password") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let input = try await Route.body(NewPassword.self, of: request)
                let new = try Parsing.value { () throws(InvalidValue) in try Password(input.password) }
                try await chat.changePassword(
                    from: Route.password(input.current), to: new, by: caller.user, session: caller.session,
                    from: caller.source)
                return Response(status: .noContent)
            }
        }
        addSessions(to: router)
    }

    private func addSessions(to router: RouterGroup<GatewayContext>) {
        router.get("me/sessions") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let sessions = try await chat.listSessions(of: caller.user)
                return APIResponse.json(WireSessions(sessions, current: caller.session))
            }
        }
        router.delete("me/sessions") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                try await chat.revokeSessions(
                    of: caller.user, except: caller.session, from: caller.source)
                return Response(status: .noContent)
            }
        }
        router.delete("me/sessions/{session}") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                try await chat.revokeSession(
                    Route.session(in: context), of: caller.user, from: caller.source)
                return Response(status: .noContent)
            }
        }
    }

    private static func parse(_ input: Change) throws(ChatError) -> ProfileChange {
        var change = ProfileChange()
        if let name = input.name {
            change.name = try Parsing.value { () throws(InvalidValue) in try DisplayName(name) }
        }
        if let status = input.status {
            change.status = try Parsing.value { () throws(InvalidValue) in try StatusText(status) }
        }
        if let locale = input.locale {
            change.locale = try Parsing.value { () throws(InvalidValue) in try LanguageTag(locale) }
        }
        if let prefs = input.prefs { change.preferences = try preferences(prefs) }
        return change
    }

    private static func preferences(_ value: JSONValue) throws(ChatError) -> Preferences {
        guard case .object = value, let bytes = try? JSONEncoder().encode(value) else {
            throw .invalid(.prefs, .malformed)
        }
        return try Parsing.value { () throws(InvalidValue) in
            try Preferences(json: String(decoding: bytes, as: UTF8.self))
        }
    }
}

extension Route {
    /// A password to compare: one that could not exist is as wrong as any other.
    static func password(_ text: String) throws(ChatError) -> Password {
        do throws(InvalidValue) {
            return try Password(text)
        } catch {
            throw .wrongPassword
        }
    }
}
