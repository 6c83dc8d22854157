/// What an administrator decides for the whole server.
public struct ServerSettings: Hashable, Sendable {
    /// Who may make an account.
    public var signup: SignupMode
    /// The name of this server.
    public var name: String
    /// The language of people who have chosen none.
    public var locale: String
    /// Bytes of the largest file that may be uploaded.
    public var uploadMaximum: Int
    /// Whether the server fetches pages that messages link to, to show what they are.
    public var fetchesPreviews: Bool
    /// Minutes for which an author may edit a message; nil for no end.
    public var editMinutes: Int?
    /// Days for which messages are kept; nil for no end.
    public var retentionDays: Int?

    /// Settings.
    public init(
        signup: SignupMode, name: String, locale: String = "en", uploadMaximum: Int = 50 << 20,
        fetchesPreviews: Bool = true, editMinutes: Int? = nil, retentionDays: Int? = nil
    ) {
        self.signup = signup
        self.name = name
        self.locale = locale
        self.uploadMaximum = uploadMaximum
        self.fetchesPreviews = fetchesPreviews
        self.editMinutes = editMinutes
        self.retentionDays = retentionDays
    }

    /// The settings of a new server: by invitation, called Parley.
    public static let initial = ServerSettings(signup: .invite, name: "Parley")
}
