public import ChatDomain

/// A person with the store's key.
public struct PersonRecord: Sendable {
    /// The store's key.
    public let key: UserKey
    /// The person.
    public let account: Account

    /// A record.
    public init(key: UserKey, account: Account) {
        self.key = key
        self.account = account
    }
}

/// Accounts and passwords, to read.
public protocol AccountReading {
    /// Whether any account exists.
    func hasAccounts() throws -> Bool
    /// The person with this id, whose account is in use.
    func person(_ id: UserID) throws -> PersonRecord?
    /// The person with this username, in whatever state, and the hash of their password.
    func credential(of username: Username) throws -> (person: PersonRecord, hash: PasswordHash)?
    /// Whether the username is taken.
    func isTaken(_ username: Username) throws -> Bool
    /// People whose name or username contains the text, by name.
    func people(matching text: SearchText, limit: Int) throws -> [User]
}

/// Accounts and passwords, to write.
public protocol AccountWriting {
    /// Adds an account, perhaps without a password yet; `nil` when the username is taken.
    func insertAccount(
        id: UserID, username: Username, name: DisplayName, isAdmin: Bool, hash: PasswordHash?,
        at now: Timestamp
    ) throws -> PersonRecord?
    /// Replaces the hash of a password.
    func replacePassword(of user: UserKey, with hash: PasswordHash) throws
}
