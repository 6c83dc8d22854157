internal import ChatDomain
internal import FoundationEssentials
internal import SocketIO

/// `me`: a person as their own devices see them.
struct WireMe: Encodable, Sendable {
    let user: WireUser
    let prefs: JSONValue
    let locale: String?
    let totp: Bool
    let created: Int64

    private enum Keys: String, CodingKey { case admin, prefs, locale, totp, created }

    init(_ profile: Profile) {
        user = WireUser(profile.account.user)
        // Was checked when it was stored.
        let text = Data(profile.preferences.json.utf8)
        prefs = (try? JSONDecoder().decode(JSONValue.self, from: text)) ?? .object([:])
        locale = profile.locale?.text
        totp = profile.hasTOTP
        created = profile.createdAt.milliseconds
    }

    func encode(to encoder: any Encoder) throws {
        try user.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(user.role == AccountRole.admin.rawValue, forKey: .admin)
        try container.encode(prefs, forKey: .prefs)
        try container.encodeIfPresent(locale, forKey: .locale)
        try container.encode(totp, forKey: .totp)
        try container.encode(created, forKey: .created)
    }
}

/// A person as administrators see them.
struct WireAdminPerson: Encodable, Sendable {
    let person: AdminPerson

    private enum Keys: String, CodingKey { case created, seen, sessions, totp }

    init(_ person: AdminPerson) { self.person = person }

    func encode(to encoder: any Encoder) throws {
        try WireUser(person.user).encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(person.createdAt.milliseconds, forKey: .created)
        try container.encodeIfPresent(person.seenAt?.milliseconds, forKey: .seen)
        try container.encode(person.sessions, forKey: .sessions)
        try container.encode(person.hasTOTP, forKey: .totp)
    }
}

/// The sessions of a person.
struct WireSessions: Encodable, Sendable {
    struct Session: Encodable, Sendable {
        let id: String
        let current: Bool
        let created: Int64
        let seen: Int64
        let expires: Int64
        let ip: String?
        let agent: String?
        let device: String?
    }

    let sessions: [Session]

    init(_ sessions: [SessionListing], current: SessionID) {
        self.sessions = sessions.map {
            Session(
                id: $0.id.description, current: $0.id == current, created: $0.createdAt.milliseconds,
                seen: $0.seenAt.milliseconds, expires: $0.expiresAt.milliseconds, ip: $0.ip, agent: $0.agent,
                device: $0.device)
        }
    }
}

/// An entry of the audit log.
struct WireAuditEntry: Encodable, Sendable {
    let id: Int64
    let at: Int64
    let actor: WireUser?
    let ip: String?
    let action: String
    let target: String?
    let data: JSONValue?

    init(_ entry: AuditEntry) {
        id = entry.id
        at = entry.at.milliseconds
        actor = entry.actor.map { WireUser($0) }
        ip = entry.ip
        action = entry.action.rawValue
        target = entry.target
        // Written by this server, as an object.
        data = entry.data.flatMap { try? JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
    }
}

/// The server's settings as administrators see them.
struct WireSettings: Encodable, Sendable {
    let name: String
    let signup: String
    let locale: String
    let uploadMax: Int
    let previews: Bool
    let editMinutes: Int?
    let retentionDays: Int?

    init(_ settings: ServerSettings) {
        name = settings.name
        signup = settings.signup.rawValue
        locale = settings.locale
        uploadMax = settings.uploadMaximum
        previews = settings.fetchesPreviews
        editMinutes = settings.editMinutes
        retentionDays = settings.retentionDays
    }
}
