public import ChatDomain

extension Chat {
    /// The sessions of a person, the last used one first: `GET /api/me/sessions`.
    ///
    /// - Throws: `unauthorized`, `busy`, `unavailable`.
    public nonisolated(nonsending) func listSessions(of user: UserID) async throws(ChatError)
        -> [SessionListing]
    {
        let now = clock.now()
        return try await store.read { store in
            try store.sessions(of: try store.requirePerson(user).key, at: now)
        }
    }

    /// Ends one session of a person: `DELETE /api/me/sessions/{id}`.
    ///
    /// - Throws: `not_found` when the person has no such session; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func revokeSession(
        _ session: SessionID, of user: UserID, from source: RequestSource
    ) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        try await store.write { store in
            let person = try store.requirePerson(user)
            guard try store.deleteSession(session, of: person.key) else { throw ChatError.sessionNotFound }
            try store.note(
                .sessionsRevoked, by: user, from: source, target: session.description, at: now)
        } committed: {
            announcer.announce(.sessionEnded(session))
        }
    }

    /// Ends all sessions of a person but the present one: `DELETE /api/me/sessions`. How many.
    ///
    /// - Throws: `rate`, `busy`, `unavailable`.
    @discardableResult
    public nonisolated(nonsending) func revokeSessions(
        of user: UserID, except session: SessionID?, from source: RequestSource
    ) async throws(ChatError) -> Int {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        return try await store.write { store in
            let person = try store.requirePerson(user)
            return try store.endSessions(
                of: person, except: session, by: Actor(user, from: source), at: now)
        } committed: { (ended: [SessionID]) in
            for session in ended { announcer.announce(.sessionEnded(session)) }
        }.count
    }

    /// Records that a session is used, where its last recorded use is old enough: for sockets, which say who they are
    /// only once.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func touch(_ session: SessionID, of user: UserID) async throws(ChatError) {
        let now = clock.now()
        let sessions = sessions
        try await store.write { store in
            guard let person = try store.person(user),
                let listing = try store.sessions(of: person.key, at: now).first(where: { $0.id == session }),
                now.milliseconds(since: listing.seenAt) >= sessions.touch
            else { return }
            let end = sessions.end(createdAt: listing.createdAt, usedAt: now)
            try store.touchSession(
                session, seenAt: now, expiresAt: person.account.user.isBot ? listing.expiresAt : end)
        } committed: { _ in
        }
    }

    /// Milliseconds that a session can live at most, however much it is used: how long a browser is to keep it.
    public var longestSession: Int64 { sessions.absolute }

    /// Milliseconds after which a use of a session is to be recorded again.
    public var sessionTouchInterval: Int64 { sessions.touch }

    /// Ends the sessions whose time is over, and says when the next one ends: call it then, and now and then anyway.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func endExpiredSessions() async throws(ChatError) -> Timestamp? {
        _ = try await removeExpiredSessions(at: clock.now())
        return try await store.read { try $0.nextSessionEnd() }
    }

    /// Removes the sessions that have ended at `now`; how many.
    nonisolated(nonsending) func removeExpiredSessions(at now: Timestamp) async throws(ChatError) -> Int {
        // Mostly there is nothing to do, and looking costs the writer nothing.
        guard let next = try await store.read({ try $0.nextSessionEnd() }), next <= now else { return 0 }
        let announcer = announcer
        var count = 0
        while true {
            let removed = try await store.write {
                try $0.deleteSessions(endedAt: now, limit: Self.pruneBatch)
            } committed: { (ended: [SessionID]) in
                for session in ended { announcer.announce(.sessionEnded(session)) }
            }
            count += removed.count
            if removed.count < Self.pruneBatch { return count }
        }
    }
}

extension SessionWriting where Self: AuditWriting {
    /// Ends sessions and notes how many, when there were any.
    func endSessions(
        of person: PersonRecord, except session: SessionID?, by actor: Actor, at now: Timestamp
    ) throws -> [SessionID] {
        let ended = try deleteSessions(of: person.key, except: session)
        if !ended.isEmpty {
            try note(
                .sessionsRevoked, by: actor, target: person.account.user.id.description,
                data: ["count": "\(ended.count)"], at: now)
        }
        return ended
    }
}
