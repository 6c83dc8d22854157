public import ChatDomain

extension Chat {
    /// Who is behind the token of a program: a bot's, or a session's.
    ///
    /// - Throws: `unauthorized` for everything else, `rate` for an address with too many of those; `rate` for too many
    ///   requests of one account; `busy`; `unavailable`.
    public nonisolated(nonsending) func authenticateProgram(
        _ token: String, from source: RequestSource
    ) async throws(ChatError) -> Authenticated {
        do throws(ChatError) {
            let who: Authenticated
            if let bot = BotToken(token) {
                who = try await authenticate(bot)
            } else if let session = SessionToken(token) {
                who = try await authenticate(session)
            } else {
                throw .unauthorized
            }
            try requestLimiter.admit(who.account.user.id, at: clock.now())
            return who
        } catch {
            if error.code == .unauthorized {
                try secretLimiter.admit(nil, from: source.address, at: clock.now())
            }
            throw error
        }
    }

    /// Somebody by id, or by the username that they sign in with.
    ///
    /// - Throws: `not_found` for nobody, and for an account that is not in use; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func findUser(
        _ text: String, by user: UserID
    ) async throws(ChatError) -> User {
        try actionLimiter.admit(user, at: clock.now())
        let found: User?
        if let id = UserID(text) {
            found = try await store.read { try $0.person(id)?.account.user }
        } else if let name = try? Username(text) {
            found = try await store.read { try $0.anyPerson(named: name)?.account.user }
        } else {
            found = nil
        }
        guard let found, found.state == .active else { throw .personNotFound }
        return found
    }

    /// One message, as it stands now.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation or message; `busy`; `unavailable`.
    public nonisolated(nonsending) func message(
        _ seq: MessageSeq, in conversation: ConversationID, by user: UserID
    ) async throws(ChatError) -> Message {
        try await store.read { store in
            let room = try store.permit(.read, of: user, in: conversation).conversation
            guard let message = try store.message(seq, of: room) else { throw ChatError.messageNotFound }
            return message
        }
    }
}
