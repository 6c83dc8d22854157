public import ChatDomain

/// What somebody who holds an invitation may know of it.
public struct InviteInformation: Sendable {
    /// A room that it leads to.
    public struct Room: Sendable {
        /// The room's name.
        public let name: String
        /// How many members it has.
        public let members: Int
    }

    /// Why it does not work; nil when it does.
    public let problem: InviteProblem?
    /// Who made it, unless there is no such invitation.
    public let by: User?
    /// The name of this server.
    public let server: String
    /// Where it leads.
    public let rooms: [Room]
}

extension Chat {
    /// What an invitation is worth: `GET /api/invites/{code}`. Nil stands for a code that is none.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func checkInvite(
        _ code: InviteCode?
    ) async throws(ChatError) -> InviteInformation {
        let hash = code.map { Digest.of($0) }
        let now = clock.now()
        return try await store.read { store in
            let server = try store.settings().name
            guard let hash, let invite = try store.invite(codeHash: hash) else {
                return InviteInformation(problem: .unknown, by: nil, server: server, rooms: [])
            }
            let problem = invite.listing.problem(at: now)
            // Whoever holds a link that no longer works learns nothing of the rooms behind it.
            return InviteInformation(
                problem: problem, by: invite.listing.by, server: server,
                rooms: problem == nil ? invite.rooms.map { .init(name: $0.name, members: $0.members) } : [])
        }
    }
}
