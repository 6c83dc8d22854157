internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func settings() throws -> ServerSettings {
        var settings = ServerSettings.initial
        for (key, value) in try all("SELECT key, value FROM settings", [], { (try $0.text(), try $0.text()) })
        {
            switch key {
            case "signup":
                guard let signup = SignupMode(rawValue: value) else {
                    throw CorruptRow(column: "settings.signup", value: value)
                }
                settings.signup = signup
            case "name": settings.name = value
            case "locale": settings.locale = value
            case "uploadMax": settings.uploadMaximum = try Self.number(value, of: key)
            case "previews": settings.fetchesPreviews = value == "on"
            case "editMinutes": settings.editMinutes = try value.isEmpty ? nil : Self.number(value, of: key)
            case "retentionDays":
                settings.retentionDays = try value.isEmpty ? nil : Self.number(value, of: key)
            default: continue
            }
        }
        return settings
    }

    private static func number(_ value: String, of key: String) throws -> Int {
        guard let number = Int(value) else { throw CorruptRow(column: "settings.\(key)", value: value) }
        return number
    }

    func save(_ settings: ServerSettings) throws {
        let values = [
            ("signup", settings.signup.rawValue), ("name", settings.name), ("locale", settings.locale),
            ("uploadMax", "\(settings.uploadMaximum)"), ("previews", settings.fetchesPreviews ? "on" : "off"),
            ("editMinutes", settings.editMinutes.map(String.init) ?? ""),
            ("retentionDays", settings.retentionDays.map(String.init) ?? ""),
        ]
        for (key, value) in values {
            try run(
                "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key, value])
        }
    }
}
