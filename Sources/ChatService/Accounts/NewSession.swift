internal import ChatDomain

/// A session that is about to be stored.
struct NewSession: Sendable {
    let id: SessionID
    let token: SessionToken
    let createdAt: Timestamp
    let expiresAt: Timestamp
    let source: RequestSource

    /// A session with a fresh id and token; `unavailable` when the random source does not deliver.
    init(_ chat: Chat, from source: RequestSource, at now: Timestamp) throws(ChatError) {
        guard let token = SessionToken(bytes: chat.random.bytes(SessionToken.byteCount)) else {
            throw .unavailable
        }
        self.id = SessionID(bits: chat.random.bits128())
        self.token = token
        self.source = source
        self.createdAt = now
        self.expiresAt = chat.sessions.end(createdAt: now, usedAt: now)
    }

    func insert(for person: PersonRecord, in store: any StoreWriting) throws -> SignedIn {
        try store.insertSession(
            id: id, tokenHash: Digest.of(token), user: person.key, from: source, createdAt: createdAt,
            expiresAt: expiresAt)
        return SignedIn(account: person.account, session: id, token: token, expiresAt: expiresAt)
    }
}
