public import ChatDomain

extension Chat {
    /// Ends the session of a token: `POST /api/signout`. Which session ended, `nil` when there was none.
    ///
    /// `Announcement.sessionEnded` is announced too: close the session's sockets there or here.
    ///
    /// - Throws: `busy`, `unavailable`.
    @discardableResult
    public nonisolated(nonsending) func signOut(
        _ token: SessionToken, from source: RequestSource = .local
    ) async throws(ChatError) -> SessionID? {
        let hash = Digest.of(token)
        let announcer = announcer
        let now = clock.now()
        return try await store.write { store in
            guard let session = try store.session(tokenHash: hash) else { return nil }
            guard try store.deleteSession(session.id) else { return nil }
            try store.note(
                .signOut, by: session.person.account.user.id, from: source, target: session.id.description,
                at: now)
            return session.id
        } committed: { (ended: SessionID?) in
            if let ended { announcer.announce(.sessionEnded(ended)) }
        }
    }
}
