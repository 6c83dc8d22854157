public import ChatDomain

extension Chat {
    /// Takes the previews of one's own message away, for everybody: `unpreview`.
    ///
    /// - Throws: `not_found` for an unknown, foreign or deleted message; `forbidden` for somebody else's; `archived`;
    ///   `silenced`; `cid_reused`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func removePreviews(
        of seq: MessageSeq, in conversation: ConversationID, mid: ChangeID, by user: UserID
    ) async throws(ChatError) -> ChangeResult {
        try await changeMessage(seq, in: conversation, mid: mid, request: "unpreview", by: user) { work in
            try work.access.require(.edit)
            try work.access.requireVoice(at: work.now)
            try work.requireContent()
            guard work.message.sender == user else {
                throw ChatError.forbidden("Only its author can change a message.")
            }
            let room = work.access.conversation.key
            // What is still to be fetched is not wanted either.
            try work.store.unqueuePreviews(of: seq, in: room)
            guard try work.store.setPreviews([], of: seq, in: room) else { return }
            try work.record(.preview, of: seq)
        }
    }
}

extension SettingsReading where Self: PreviewWriting {
    /// Lets a message wait for the pages that it links to; whether there are any.
    func queueLinks(of scan: LinkScan, at seq: MessageSeq, in conversation: ConversationKey) throws -> Bool {
        guard !scan.links.isEmpty, try settings().fetchesPreviews else { return false }
        try queuePreviews(of: seq, in: conversation)
        return true
    }
}
