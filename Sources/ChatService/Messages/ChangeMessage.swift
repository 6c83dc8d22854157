internal import ChatDomain

/// What came of a change.
public struct ChangeResult: Hashable, Sendable {
    /// Its number in the conversation.
    public let rev: Int64
    /// The message's version after it.
    public let version: Int64
}

extension Chat {
    /// Does one change of a message in a transaction, once: the same `mid` again answers the first result and does
    /// nothing, for 30 days and over restarts. With another `request` it is an error.
    nonisolated(nonsending) func changeMessage(
        _ seq: MessageSeq, in conversation: ConversationID, mid: ChangeID, request: String, by user: UserID,
        _ steps: @escaping @Sendable (inout ChangeWork) throws -> Void
    ) async throws(ChatError) -> ChangeResult {
        let clock = clock
        try actionLimiter.admit(user, at: clock.now())
        let fingerprint = Digest.fingerprint(of: "\(conversation)/\(seq)\0\(request)")
        let (announcer, previews) = (announcer, previews)
        return try await store.write { store -> ChangeOutcome in
            let access = try store.permit(.read, of: user, in: conversation)
            if let known = try store.changeKey(of: access.user, mid: mid) {
                guard known.fingerprint == fingerprint else { throw ChatError.cidReused }
                return ChangeOutcome(result: ChangeResult(rev: known.rev, version: known.version))
            }
            guard let message = try store.message(seq, of: access.conversation), message.kind == .text else {
                throw ChatError.messageNotFound
            }
            let now = max(clock.now(), access.conversation.lastSentAt)
            var work = ChangeWork(access: access, message: message, store: store, now: now)
            try steps(&work)
            let first = work.changes.first?.message
            let result = ChangeResult(
                rev: first?.rev ?? access.conversation.rev, version: first?.version ?? message.version)
            try store.insertChangeKey(
                ChangeKey(fingerprint: fingerprint, rev: result.rev, version: result.version),
                of: access.user, mid: mid, at: now)
            return ChangeOutcome(
                result: result, changes: work.changes, messages: work.messages, hasLinks: work.hasLinks)
        } committed: { outcome in
            for change in outcome.changes { announcer.announce(.changed(change)) }
            for message in outcome.messages { announcer.announce(.message(message)) }
            if outcome.hasLinks { previews.raise() }
        }.result
    }
}

private struct ChangeOutcome: Sendable {
    let result: ChangeResult
    var changes: [MessageChange] = []
    var messages: [Message] = []
    var hasLinks = false
}

/// A change while it is being made.
struct ChangeWork {
    /// Who makes it, and where.
    let access: Access
    /// The message before it.
    let message: Message
    let store: any StoreWriting
    /// When; no earlier than the newest message.
    let now: Timestamp
    /// What was changed so far, in the order of the numbers.
    private(set) var changes: [MessageChange] = []
    /// What the server has to say about it.
    private(set) var messages: [Message] = []
    /// Whether links are to be fetched for it.
    var hasLinks = false

    init(access: Access, message: Message, store: any StoreWriting, now: Timestamp) {
        self.access = access
        self.message = message
        self.store = store
        self.now = now
    }

    /// Gives what was just done to a message its number.
    mutating func record(_ kind: MessageChange.Kind, of seq: MessageSeq) throws {
        changes.append(try store.recordChange(kind, of: seq, in: access.conversation, at: now))
    }

    /// Lets the server tell of it.
    mutating func tell(_ sentence: SystemMessage) throws {
        messages.append(try sentence.append(by: access, at: now, in: store))
    }

    /// Throws `not_found` when only the message's place is left.
    func requireContent() throws {
        guard !message.isDeleted else { throw ChatError.messageNotFound }
    }
}

extension ChangeReading where Self: ChangeWriting {
    /// Gives what was just done to a message its number, and reads what the message is now.
    func recordChange(
        _ kind: MessageChange.Kind, of seq: MessageSeq, in conversation: ConversationRecord, at now: Timestamp
    ) throws -> MessageChange {
        _ = try nextRev(changing: seq, in: conversation.key, at: now)
        guard let message = try message(seq, of: conversation) else { throw ChatError.messageNotFound }
        return MessageChange(kind: kind, message: message)
    }
}
