/// Everything that a person's own devices know of their account.
public struct Profile: Hashable, Sendable {
    /// The person.
    public let account: Account
    /// What the person's clients keep on the server.
    public let preferences: Preferences
    /// The language that the person chose, when they did.
    public let locale: LanguageTag?
    /// Whether signing in asks for a code of an authenticator.
    public let hasTOTP: Bool
    /// When the account was made.
    public let createdAt: Timestamp

    /// A profile.
    public init(
        account: Account, preferences: Preferences, locale: LanguageTag?, hasTOTP: Bool, createdAt: Timestamp
    ) {
        self.account = account
        self.preferences = preferences
        self.locale = locale
        self.hasTOTP = hasTOTP
        self.createdAt = createdAt
    }
}
