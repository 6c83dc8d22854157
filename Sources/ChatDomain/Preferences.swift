/// What a person's clients keep on the server: one JSON object, at most 8 kB, that the server does not look into.
public struct Preferences: Hashable, Sendable {
    /// The JSON text.
    public let json: String

    /// No preferences: an empty object.
    public static let none = Preferences(unchecked: "{}")

    /// Checks the length; that the text is a JSON object, the caller has checked. Throws `InvalidValue` of the field
    /// `prefs`.
    public init(json: String) throws(InvalidValue) {
        guard json.utf8.count <= Limits.preferenceBytes else {
            throw InvalidValue(.prefs, .tooLong(maximum: Limits.preferenceBytes))
        }
        self.json = json
    }

    private init(unchecked json: String) {
        self.json = json
    }
}
