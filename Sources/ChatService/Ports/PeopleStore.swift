public import ChatDomain

/// What people and administrators may know and change of accounts, to read.
public protocol PeopleReading {
    /// The person with this id, also when the account is not in use.
    func anyPerson(_ id: UserID) throws -> PersonRecord?
    /// The person with this username, also when the account is not in use.
    func anyPerson(named username: Username) throws -> PersonRecord?
    /// Everything about an account that its owner's devices know.
    func profile(of user: UserKey) throws -> Profile?
    /// The hash of the person's password; nil for somebody who has not set one yet.
    func passwordHash(of user: UserKey) throws -> PasswordHash?
    /// How many administrators there are whose accounts are in use.
    func administratorCount() throws -> Int
    /// People in any state whose name or username contains the text, by name, after the one with the id `after`.
    func adminPeople(matching text: SearchText, after: UserID?, limit: Int, at now: Timestamp) throws
        -> [AdminPerson]
    /// A person as administrators see them.
    func adminPerson(_ user: UserKey, at now: Timestamp) throws -> AdminPerson?
}

/// What people and administrators may change of accounts.
public protocol PeopleWriting {
    /// Sets a password, the first one or another.
    func setPassword(of user: UserKey, to hash: PasswordHash, at now: Timestamp) throws
    /// Sets what somebody is on this server.
    func setRole(of user: UserKey, to role: AccountRole) throws
    /// Sets whether the account may be used.
    func setState(of user: UserKey, to state: AccountState) throws
    /// Sets the name that others see.
    func setName(of user: UserKey, to name: DisplayName) throws
    /// Sets what somebody says about themselves.
    func setStatus(of user: UserKey, to status: StatusText) throws
    /// Sets the language of somebody's client; nil for none of its own.
    func setLocale(of user: UserKey, to locale: LanguageTag?) throws
    /// Sets what somebody's clients keep.
    func setPreferences(of user: UserKey, to preferences: Preferences) throws
}
