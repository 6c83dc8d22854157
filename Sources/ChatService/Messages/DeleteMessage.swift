public import ChatDomain

extension Chat {
    /// Deletes a message for everybody: `del`. Its place stays, without its body, files, versions, reactions and pin.
    ///
    /// The author may, moderators and owners in rooms, and administrators of the server where they are members. Deleting
    /// what is deleted changes nothing.
    ///
    /// - Throws: `not_found` for an unknown or foreign message; `forbidden`; `archived`; `cid_reused`; `rate`; `busy`;
    ///   `unavailable`.
    public nonisolated(nonsending) func deleteMessage(
        _ seq: MessageSeq, in conversation: ConversationID, mid: ChangeID, by user: UserID
    ) async throws(ChatError) -> ChangeResult {
        try await changeMessage(seq, in: conversation, mid: mid, request: "del", by: user) { work in
            let isOwn = work.message.sender == user
            if isOwn {
                try work.access.require(.deleteOwn)
            } else if work.access.membership != nil && work.access.person.role == .admin {
                guard !work.access.conversation.isArchived else { throw ChatError.archived }
            } else {
                try work.access.require(.deleteOthers)
            }
            guard !work.message.isDeleted else { return }
            let room = work.access.conversation
            try work.store.tombstone(seq, in: room.key, by: isOwn ? nil : work.access.user)
            try work.record(.deletion, of: seq)
            guard let quote = work.message.quote else { return }
            try work.store.countReply(to: quote.seq, from: seq, in: room.key, by: -1)
            if !quote.isDeleted { try work.record(.reply, of: quote.seq) }
        }
    }
}
