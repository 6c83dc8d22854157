public import ChatDomain

/// Links that set a password, to read.
public protocol ResetReading {
    /// Whose password the link with this SHA-256 sets, if it works at `now`. Also people whose account is closed.
    func resetOwner(codeHash: [UInt8], at now: Timestamp) throws -> PersonRecord?
}

/// Links that set a password, to write.
public protocol ResetWriting {
    /// Adds a link in place of earlier ones for the same person.
    func insertReset(codeHash: [UInt8], of user: UserKey, createdAt: Timestamp, expiresAt: Timestamp) throws
    /// Removes every link of the person: after a password was set, none works any more.
    func deleteResets(of user: UserKey) throws
}
