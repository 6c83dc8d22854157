internal import ChatDomain

/// A session that is about to be stored.
struct NewSession: Sendable {
    let id: SessionID
    let token: SessionToken
    let createdAt: Timestamp
    let expiresAt: Timestamp

    /// A session with a fresh id and token; `unavailable` when the random source does not deliver.
    init(_ chat: Chat, at now: Timestamp) throws(ChatError) {
        guard let token = SessionToken(bytes: chat.random.bytes(SessionToken.byteCount)) else {
            throw .unavailable
        }
        self.id = SessionID(bits: chat.random.bits128())
        self.token = token
        self.createdAt = now
        self.expiresAt = chat.sessions.end(createdAt: now, usedAt: now)
    }

    func insert(for person: PersonRecord, in store: any StoreWriting) throws -> SignedIn {
        try store.insertSession(
            id: id, tokenHash: Digest.of(token), user: person.key, createdAt: createdAt, expiresAt: expiresAt)
        return SignedIn(account: person.account, session: id, token: token, expiresAt: expiresAt)
    }
}
