public import ChatDomain

extension Chat {
    /// Who made the invitation, if it still works; `nil` if it does not: `GET /api/invites/{code}`.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func checkInvite(_ code: InviteCode) async throws(ChatError) -> User? {
        let hash = Digest.of(code)
        let now = clock.now()
        return try await store.read { try $0.inviter(codeHash: hash, at: now) }
    }
}
