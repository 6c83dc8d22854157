public import ChatDomain

extension Chat {
    /// The key that browsers subscribe with, made at the first call: part of `GET /api/state`.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func pushKey() async throws(ChatError) -> String {
        try await requirePushIdentity().publicKey
    }

    nonisolated(nonsending) func requirePushIdentity() async throws(ChatError) -> PushIdentity {
        let known = try await store.read { try $0.pushIdentity() }
        if let known, let identity = PushIdentity(stored: known) { return identity }
        let new = PushIdentity()
        return try await store.write { store -> PushIdentity in
            // Two may come at once: the first one's stays.
            if let known = try store.pushIdentity(), let identity = PushIdentity(stored: known) {
                return identity
            }
            try store.insertPushIdentity(new.stored)
            return new
        } committed: { _ in
        }
    }

    /// Tells a browser of messages from now on, for as long as its session lives: `POST /api/push`.
    ///
    /// - Throws: `forbidden` when a person has too many; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func addPushDevice(
        _ target: PushTarget, of user: UserID, session: SessionID
    ) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        try await store.write { store in
            let person = try store.requirePerson(user)
            _ = try store.deletePushDevice(target.endpoint.text, of: person.key)
            guard try store.pushDevices(of: person.key).count < Limits.pushDevices else {
                throw ChatError.forbidden("You are told on \(Limits.pushDevices) devices already.")
            }
            try store.insertPushDevice(target, of: person.key, session: session, at: now)
        } committed: { _ in
        }
    }

    /// Tells a browser of nothing any more: `DELETE /api/push`.
    ///
    /// - Throws: `rate`, `busy`, `unavailable`; a browser that is not known is no error.
    public nonisolated(nonsending) func removePushDevice(
        _ endpoint: String, of user: UserID
    ) async throws(ChatError) {
        try actionLimiter.admit(user, at: clock.now())
        try await store.write { store in
            _ = try store.deletePushDevice(endpoint, of: try store.requirePerson(user).key)
        } committed: { _ in
        }
    }

    /// The browsers of a person that are told: `GET /api/push`.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func listPushDevices(
        of user: UserID
    ) async throws(ChatError) -> [PushListing] {
        try await store.read { store in try store.pushDevices(of: try store.requirePerson(user).key) }
    }

    /// Tells all browsers of a person that they can be told: `POST /api/push/test`.
    ///
    /// - Throws: `rate`, `busy`, `unavailable`.
    public nonisolated(nonsending) func testPush(of user: UserID) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let pushes = pushes
        try await store.write { store in
            try store.insertPushes(of: nil, to: try store.requirePerson(user).key, at: now)
        } committed: { _ in
            pushes.raise()
        }
    }
}
