internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Settings, health and the audit log.
struct AdminRoutes: Sendable {
    let chat: Chat
    let process: ProcessHealth

    /// The settings that the first web client knows.
    private struct Settings: Codable, Sendable {
        let signup: String
        let name: String

        init(_ settings: ServerSettings) {
            signup = settings.signup.rawValue
            name = settings.name
        }
    }

    private struct Change: Decodable, Sendable {
        let signup: String?
        let name: String?
        let locale: String?
        let uploadMax: Int?
        let previews: Bool?
        let editMinutes: Int?
        let retentionDays: Int?

        private enum Keys: String, CodingKey {
            case signup, name, locale, uploadMax, previews, editMinutes, retentionDays
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            signup = try container.decodeIfPresent(String.self, forKey: .signup)
            name = try container.decodeIfPresent(String.self, forKey: .name)
            locale = try container.decodeIfPresent(String.self, forKey: .locale)
            uploadMax = try container.decodeIfPresent(Int.self, forKey: .uploadMax)
            previews = try container.decodeIfPresent(Bool.self, forKey: .previews)
            editMinutes = try Self.bound(.editMinutes, in: container)
            retentionDays = try Self.bound(.retentionDays, in: container)
        }

        /// What is left out stays; null is no end.
        private static func bound(_ key: Keys, in container: KeyedDecodingContainer<Keys>) throws -> Int? {
            guard container.contains(key) else { return nil }
            return try container.decodeNil(forKey: key) ? 0 : container.decode(Int.self, forKey: key)
        }
    }

    private struct Audit: Encodable, Sendable {
        let entries: [WireAuditEntry]
        let next: Int64?
    }

    func add(to router: RouterGroup<GatewayContext>) {
        router.get("settings") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                return APIResponse.json(Settings(try await chat.settings(for: caller.user)))
            }
        }
        router.put("settings") { request, context in
            await Route.answer { () async throws(ChatError) in
                APIResponse.json(Settings(try await change(request, context)))
            }
        }
        router.get("admin/settings") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                return APIResponse.json(WireSettings(try await chat.settings(for: caller.user)))
            }
        }
        router.put("admin/settings") { request, context in
            await Route.answer { () async throws(ChatError) in
                APIResponse.json(WireSettings(try await change(request, context)))
            }
        }
        router.get("admin/health") { request, context in
            await Route.answer { () async throws(ChatError) in
                let caller = try await Route.caller(of: request, context, chat)
                let health = try await chat.health(by: caller.user)
                return APIResponse.json(process.report(health))
            }
        }
        router.get("admin/audit") { request, context in
            await Route.answer { () async throws(ChatError) in try await audit(request, context) }
        }
    }

    private func change(
        _ request: Request, _ context: GatewayContext
    ) async throws(ChatError) -> ServerSettings {
        let caller = try await Route.caller(of: request, context, chat)
        let input = try await Route.body(Change.self, of: request)
        var change = SettingsChange()
        if let text = input.signup {
            guard let mode = SignupMode(rawValue: text) else {
                throw ChatError(code: .invalid, message: "signup: open or invite.", retryable: false)
            }
            change.signup = mode
        }
        if let name = input.name {
            change.name = try Parsing.value { () throws(InvalidValue) in try ServerName(name) }
        }
        if let locale = input.locale {
            change.locale = try Parsing.value { () throws(InvalidValue) in try LanguageTag(locale) }
        }
        change.uploadMaximum = input.uploadMax
        change.fetchesPreviews = input.previews
        change.editMinutes = input.editMinutes
        change.retentionDays = input.retentionDays
        return try await chat.changeSettings(change, by: caller.user, from: caller.source)
    }

    private func audit(_ request: Request, _ context: GatewayContext) async throws(ChatError) -> Response {
        let caller = try await Route.caller(of: request, context, chat)
        var action: AuditAction?
        if let word = Route.text("action", of: request), !word.isEmpty {
            guard let known = AuditAction(rawValue: word) else {
                throw ChatError(code: .invalid, message: "action: not one of the log.", retryable: false)
            }
            action = known
        }
        var actor: UserID?
        if let id = Route.text("actor", of: request), !id.isEmpty { actor = try Parsing.user(id) }
        let limit = try Route.number("limit", of: request) ?? Limits.searchResults
        let entries = try await chat.auditEntries(
            before: Route.number("before", of: request), action: action, actor: actor, limit: limit,
            by: caller.user)
        let isFull = entries.count >= min(max(limit, 1), Limits.searchResultsMaximum)
        return APIResponse.json(
            Audit(entries: entries.map { WireAuditEntry($0) }, next: isFull ? entries.last?.id : nil))
    }
}
