public import ChatDomain

extension Chat {
    /// Writes into a room by an incoming webhook: `POST /hooks/{secret}`.
    ///
    /// `key` names the request: the same one again answers the first result and creates nothing. Wrong secrets cost an
    /// address what wrong passwords do.
    ///
    /// - Throws: `not_found` for an unknown secret, and when the webhook's bot was removed from the room; `archived`;
    ///   `silenced`; `cid_reused` for a key with another text; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func postByHook(
        _ secret: HookSecret?, _ body: MessageBody, as alias: DisplayName?, key: IdempotencyKey?,
        from source: RequestSource
    ) async throws(ChatError) -> SentMessage {
        try secretLimiter.admit(nil, from: source.address, at: clock.now())
        guard let secret else { throw .hookNotFound }
        let hash = Digest.of(secret)
        let found = try await store.read { try $0.hook(secretTag: Digest.tag(of: hash)) }
        guard let found, Digest.isSame(found.secretHash, hash) else { throw .hookNotFound }
        secretLimiter.succeeded(nil, from: source.address)
        let cid = cid(for: key, of: found.hook.bot.id)
        do throws(ChatError) {
            return try await sendMessage(
                body, cid: cid, to: found.conversation, as: alias, by: found.hook.bot.id)
        } catch {
            throw error.code == .notFound ? .hookNotFound : error
        }
    }

    /// The `cid` that a program's key stands for: a UUID is one, anything else becomes one; without a key it is fresh.
    public func cid(for key: IdempotencyKey?, of user: UserID) -> ClientMessageID {
        guard let key else { return ClientMessageID(bits: random.bits128()) }
        if let cid = try? ClientMessageID(key.text) { return cid }
        return ClientMessageID(bits: Digest.uuid(of: "key\0\(user)\0\(key.text)"))
    }

    /// The same for changes.
    public func mid(for key: IdempotencyKey?, of user: UserID) -> ChangeID {
        ChangeID(bits: cid(for: key, of: user).bits)
    }
}

extension ChatError {
    /// Nothing is behind this address; the same for a wrong secret and for one that no longer works.
    static let hookNotFound = ChatError(
        code: .notFound, message: "There is nothing here.", retryable: false)
}
