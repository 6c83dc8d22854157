public import ChatDomain

extension Chat {
    /// Puts another body in place of the present one of one's own message: `edit`. The old one stays as a version.
    ///
    /// `base` is the version that the author has seen. The same body again changes nothing.
    ///
    /// - Throws: `not_found` for an unknown, foreign or deleted message; `forbidden` for somebody else's, and when
    ///   the server's time for editing has passed; `invalid` for no body where there are no files either; `conflict` when
    ///   the message has another version than `base`; `archived`; `silenced`; `cid_reused`; `rate`; `busy`;
    ///   `unavailable`.
    public nonisolated(nonsending) func editMessage(
        _ seq: MessageSeq, in conversation: ConversationID, body: MessageBody, base: Int64, mid: ChangeID,
        by user: UserID
    ) async throws(ChatError) -> ChangeResult {
        let (scan, links) = (MentionScan(body.text), LinkScan(body.text))
        return try await changeMessage(
            seq, in: conversation, mid: mid, request: "edit\0\(base)\0\(body.text)", by: user
        ) { work in
            try work.access.require(.edit)
            try work.access.requireVoice(at: work.now)
            try work.requireContent()
            guard work.message.sender == user else {
                throw ChatError.forbidden("Only its author can change a message.")
            }
            guard work.message.version == base else { throw ChatError.conflict }
            guard work.message.body != body.text else { return }
            guard body != .none || !work.message.files.isEmpty else {
                throw ChatError.invalid(.body, .tooShort(minimum: 1))
            }
            if let minutes = try work.store.settings().editMinutes,
                work.now.milliseconds(since: work.message.sentAt) > Int64(minutes) * 60_000
            {
                throw ChatError.forbidden("A message can be changed for \(minutes) minutes.")
            }
            let room = work.access.conversation.key
            _ = try work.store.replaceBody(of: seq, in: room, with: body, at: work.now)
            let named = try work.store.members(named: scan, in: room, except: work.access.user)
            try work.store.setMentions(named, all: scan.namesAll, of: seq, in: room)
            if LinkScan(work.message.body) != links {
                _ = try work.store.setPreviews([], of: seq, in: room)
                try work.store.unqueuePreviews(of: seq, in: room)
                work.hasLinks = try work.store.queueLinks(of: links, at: seq, in: room)
            }
            try work.record(.edit, of: seq)
        }
    }
}

extension ChangeReading {
    /// The members whom a body names, without its author. Who names everybody names nobody in particular.
    func members(
        named scan: MentionScan, in conversation: ConversationKey, except author: UserKey
    ) throws -> [NamedMember] {
        guard !scan.namesAll, !scan.names.isEmpty else { return [] }
        return try members(named: scan.names, of: conversation).filter { $0.key != author }
    }
}
