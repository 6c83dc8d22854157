public import ChatDomain

/// A session as it is stored.
public struct SessionRecord: Sendable {
    /// The session.
    public let id: SessionID
    /// Whose.
    public let person: PersonRecord
    /// When it began.
    public let createdAt: Timestamp
    /// When it was last used, as far as that is recorded.
    public let seenAt: Timestamp
    /// When it ends.
    public let expiresAt: Timestamp

    /// A record.
    public init(
        id: SessionID, person: PersonRecord, createdAt: Timestamp, seenAt: Timestamp, expiresAt: Timestamp
    ) {
        self.id = id
        self.person = person
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.expiresAt = expiresAt
    }
}

/// Sessions, to read.
public protocol SessionReading {
    /// The session whose token has this SHA-256, expired or not.
    func session(tokenHash: [UInt8]) throws -> SessionRecord?
    /// Whether the session exists and ends after `now`.
    func isValid(_ session: SessionID, at now: Timestamp) throws -> Bool
    /// The sessions of a person that end after `now`, the last used one first.
    func sessions(of user: UserKey, at now: Timestamp) throws -> [SessionListing]
    /// When the next session ends.
    func nextSessionEnd() throws -> Timestamp?
}

/// Sessions, to write.
public protocol SessionWriting {
    /// Adds a session.
    func insertSession(
        id: SessionID, tokenHash: [UInt8], user: UserKey, from source: RequestSource, createdAt: Timestamp,
        expiresAt: Timestamp
    ) throws
    /// Records a use, and the new end.
    func touchSession(_ id: SessionID, seenAt: Timestamp, expiresAt: Timestamp) throws
    /// Removes a session; whether there was one.
    func deleteSession(_ id: SessionID) throws -> Bool
    /// Removes a session of this person; `false` when they have no such session.
    func deleteSession(_ id: SessionID, of user: UserKey) throws -> Bool
    /// Removes the sessions of a person but perhaps one; which ones.
    func deleteSessions(of user: UserKey, except: SessionID?) throws -> [SessionID]
    /// Removes at most `limit` sessions that have ended at `moment`; which ones.
    func deleteSessions(endedAt moment: Timestamp, limit: Int) throws -> [SessionID]
}
