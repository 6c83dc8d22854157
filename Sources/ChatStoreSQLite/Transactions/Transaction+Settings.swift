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
            default: continue
            }
        }
        return settings
    }

    func save(_ settings: ServerSettings) throws {
        for (key, value) in [("signup", settings.signup.rawValue), ("name", settings.name)] {
            try run(
                "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key, value])
        }
    }
}
