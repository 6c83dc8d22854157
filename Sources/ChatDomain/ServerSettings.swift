/// What an administrator decides for the whole server.
public struct ServerSettings: Hashable, Sendable {
    /// Who may make an account.
    public var signup: SignupMode
    /// The name of this server.
    public var name: String

    /// Settings.
    public init(signup: SignupMode, name: String) {
        self.signup = signup
        self.name = name
    }

    /// The settings of a new server: by invitation, called Parley.
    public static let initial = ServerSettings(signup: .invite, name: "Parley")
}
