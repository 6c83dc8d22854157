public import ChatDomain

/// Who is behind a session token.
public struct Authenticated: Hashable, Sendable {
    /// The session.
    public let session: SessionID
    /// The person.
    public let account: Account
    /// When the session ends if it is not used again.
    public let expiresAt: Timestamp
}

extension Chat {
    /// Finds who is behind a session token, and records the use now and then (`SessionLifetime.touch`).
    ///
    /// - Throws: `unauthorized` when there is no such session or it has ended; `busy`; `unavailable`.
    public nonisolated(nonsending) func authenticate(
        _ token: SessionToken
    ) async throws(ChatError) -> Authenticated {
        try await authenticate(hash: Digest.of(token))
    }

    /// The same for the token of a bot, which has no end.
    ///
    /// - Throws: `unauthorized` when there is no such token any more; `busy`; `unavailable`.
    public nonisolated(nonsending) func authenticate(
        _ token: BotToken
    ) async throws(ChatError) -> Authenticated {
        try await authenticate(hash: Digest.of(token))
    }

    private nonisolated(nonsending) func authenticate(
        hash: [UInt8]
    ) async throws(ChatError) -> Authenticated {
        let record = try await store.read { try $0.session(tokenHash: hash) }
        let now = clock.now()
        guard let record, record.expiresAt > now else { throw .unauthorized }
        var expiresAt = record.expiresAt
        if now.milliseconds(since: record.seenAt) >= sessions.touch {
            let isBot = record.person.account.user.isBot
            let end = isBot ? record.expiresAt : sessions.end(createdAt: record.createdAt, usedAt: now)
            do throws(ChatError) {
                try await store.write {
                    try $0.touchSession(record.id, seenAt: now, expiresAt: end)
                } committed: { _ in
                }
                expiresAt = end
            } catch {
                // A store that cannot write now must not sign people out: the session is valid as it stands, and
                // the next request records the use.
                guard error.retryable else { throw error }
            }
        }
        return Authenticated(session: record.id, account: record.person.account, expiresAt: expiresAt)
    }
}
