public import ChatDomain

extension Chat {
    /// Gives oneself a picture: `PUT /api/me/avatar`. It is cleaned like every picture; others hear of it.
    ///
    /// - Throws: `type` unless it is a picture; `too_large`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func setAvatar(
        _ bytes: [UInt8], by user: UserID
    ) async throws(ChatError) -> Profile {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let depot = try requireDepot()
        guard bytes.count <= Limits.avatarBytes else {
            throw .tooLarge("A picture of oneself has at most \(Limits.avatarBytes >> 10) KiB.")
        }
        let id = FileID(bits: random.bits128())
        let request = ClientMessageID(bits: random.bits128())
        let (scratch, place) = (depot.incoming(id), depot.place(of: id))
        let finished = try await depot.perform {
            try Thumbnail.write(bytes, to: scratch, settling: place, in: depot, mayMove: true)
        }
        let file = StoredFile(
            id: id, name: "avatar", type: finished.type, bytes: Int64(finished.bytes), size: finished.size,
            hasThumbnail: false)
        do throws(ChatError) {
            return try await changeAvatar(of: user) { store, person in
                try store.insert(file, upload: request, of: person, at: now)
                try store.setAvatar(of: person, to: id)
            }
        } catch {
            try await depot.remove([id])
            throw error
        }
    }

    /// Takes one's picture away: `DELETE /api/me/avatar`.
    ///
    /// - Throws: `rate`, `busy`, `unavailable`.
    public nonisolated(nonsending) func removeAvatar(by user: UserID) async throws(ChatError) -> Profile {
        try actionLimiter.admit(user, at: clock.now())
        return try await changeAvatar(of: user) { store, person in try store.setAvatar(of: person, to: nil) }
    }

    private nonisolated(nonsending) func changeAvatar(
        of user: UserID, _ change: @escaping @Sendable (any StoreWriting, UserKey) throws -> Void
    ) async throws(ChatError) -> Profile {
        let announcer = announcer
        return try await store.write { store -> ChangedAvatar in
            let person = try store.requirePerson(user)
            try change(store, person.key)
            return ChangedAvatar(
                profile: try store.requireProfile(of: person.key),
                conversations: try store.conversations(of: user))
        } committed: { changed in
            announcer.announce(.userChanged(changed.profile.account.user, in: changed.conversations))
        }.profile
    }
}

private struct ChangedAvatar: Sendable {
    let profile: Profile
    let conversations: [ConversationID]
}
