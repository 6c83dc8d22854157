public import ChatDomain

/// The place that a message got.
public struct SentMessage: Hashable, Sendable {
    /// Where.
    public let conversation: ConversationID
    /// Its place there.
    public let seq: MessageSeq
    /// When the server took it.
    public let sentAt: Timestamp
    /// Whether this `cid` had been sent before: this is the first attempt's result, and nothing was created.
    public let isDuplicate: Bool

    /// The message's address, `<conversation>/<seq>`.
    public var id: String { "\(conversation)/\(seq)" }
}

extension Chat {
    /// Sends a message; when this returns it is on disk: `send`.
    ///
    /// The same `cid` by the same person again, with the same body and conversation, answers the first result and
    /// creates nothing, for 30 days and over restarts. Sending moves the sender's own positions to the message.
    /// `quoted` is the message that it replies to; replying to a deleted one is possible: it may have been there when the
    /// reply was written. `alias` stands over the message in place of the sender's name: for programs that speak for others.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation or file, or an unknown quoted message; `archived`;
    ///   `silenced`; `cid_reused`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func sendMessage(
        _ body: MessageBody, files: [FileID] = [], cid: ClientMessageID, to conversation: ConversationID,
        quoting quoted: MessageSeq? = nil, as alias: DisplayName? = nil, by sender: UserID
    ) async throws(ChatError) -> SentMessage {
        try sendLimiter.admit(sender, at: clock.now())
        let attempt = SendAttempt(
            body: body, files: files, quoted: quoted, cid: cid, conversation: conversation, alias: alias,
            sender: sender, clock: clock)
        guard Set(files).count == files.count, files.count <= Limits.filesPerMessage else {
            throw .invalid(.files, .tooMany(maximum: Limits.filesPerMessage))
        }
        guard !files.isEmpty || body != .none else { throw .invalid(.body, .tooShort(minimum: 1)) }
        let (announcer, deliveries, previews, pushes) = (announcer, deliveries, previews, pushes)
        return try await store.write { store in
            try attempt.perform(in: store)
        } committed: { outcome in
            if case .created(let message, let change, let work) = outcome {
                announcer.announce(.message(message))
                if let change { announcer.announce(.changed(change)) }
                if work.deliveries { deliveries.raise() }
                if work.previews { previews.raise() }
                if work.pushes { pushes.raise() }
            }
        }.sent
    }
}

/// One attempt to send a message, as the transaction sees it.
private struct SendAttempt: Sendable {
    let body: MessageBody
    let files: [FileID]
    let quoted: MessageSeq?
    let fingerprint: Int64
    let scan: MentionScan
    let links: LinkScan
    let cid: ClientMessageID
    let conversation: ConversationID
    let alias: DisplayName?
    let sender: UserID
    let clock: any ChatClock

    init(
        body: MessageBody, files: [FileID], quoted: MessageSeq?, cid: ClientMessageID,
        conversation: ConversationID, alias: DisplayName?, sender: UserID, clock: any ChatClock
    ) {
        self.body = body
        self.files = files
        self.quoted = quoted
        // No body holds a NUL: what follows one cannot be a part of it.
        let parts = [body.text] + files.map(\.description) + (quoted.map { ["\($0)"] } ?? [])
        self.fingerprint = Digest.fingerprint(of: parts.joined(separator: "\0"))
        self.scan = MentionScan(body.text)
        self.links = LinkScan(body.text)
        self.cid = cid
        self.conversation = conversation
        self.alias = alias
        self.sender = sender
        self.clock = clock
    }

    /// Who has to do with it afterwards.
    struct Work: Sendable {
        let deliveries: Bool
        let previews: Bool
        let pushes: Bool
    }

    enum Outcome: Sendable {
        /// With the change of the message that it replies to, and who waits for it.
        case created(Message, MessageChange?, Work)
        case duplicate(SentMessage)

        var sent: SentMessage {
            switch self {
            case .created(let message, _, _):
                SentMessage(
                    conversation: message.conversation, seq: message.seq, sentAt: message.sentAt,
                    isDuplicate: false)
            case .duplicate(let sent): sent
            }
        }
    }

    func perform(in store: any StoreWriting) throws -> Outcome {
        let (access, membership) = try store.permitMember(.read, of: sender, in: conversation)
        let room = access.conversation
        // What was sent stays sent, whatever its sender may do now.
        if let known = try store.sendKey(of: access.user, cid: cid) {
            return .duplicate(try first(known, in: room))
        }
        try access.requireVoice(at: clock.now())
        let files = try files.map { try attachable($0, by: access.user, store: store) }
        // Times never go back inside a conversation, whatever the machine's clock does.
        let now = max(clock.now(), room.lastSentAt)
        var root: Message?
        if let quoted {
            root = try store.message(quoted, of: room)
            guard root != nil else { throw ChatError.messageNotFound }
        }
        let (seq, count) = try store.append(
            NewMessage(
                conversation: room.key, sender: access.user, clientID: cid, sentAt: now, kind: .text,
                body: body.text, replyTo: quoted, alias: alias?.text))
        if !files.isEmpty { try store.attach(files.map(\.key), to: seq, in: room.key) }
        try store.setPositions(
            of: access.user, in: room.key, read: seq, readCount: count,
            delivered: max(seq, membership.delivered))
        try store.insertSendKey(
            SendKey(conversation: room.key, seq: seq, fingerprint: fingerprint, sentAt: now),
            of: access.user, cid: cid)
        var message = Message(
            conversation: room.id, seq: seq, clientID: cid, sender: sender,
            senderName: alias?.text ?? access.person.name, sentAt: now, body: body.text, kind: .text)
        message.isFromBot = access.person.isBot
        message.files = files.map(\.file)
        message.count = count
        message.mentionsAll = scan.namesAll
        let named = try store.members(named: scan, in: room.key, except: access.user)
        if scan.namesAll || !named.isEmpty {
            try store.setMentions(named, all: scan.namesAll, of: seq, in: room.key)
            message.mentions = named.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.id)
        }
        let work = Work(
            deliveries: try store.queueDeliveries(of: message, naming: scan, in: room),
            previews: try store.queueLinks(of: links, at: seq, in: room.key),
            pushes: try store.queuePush(of: seq, in: room.key, except: access.user))
        guard let root else { return .created(message, nil, work) }
        message.quote = Quote(root)
        try store.countReply(to: root.seq, from: seq, in: room.key, by: 1)
        guard !root.isDeleted else { return .created(message, nil, work) }
        let change = try store.recordChange(.reply, of: root.seq, in: room, at: now)
        return .created(message, change, work)
    }

    /// The file, if the sender may read it: whoever may, may pass it on.
    private func attachable(
        _ id: FileID, by user: UserKey, store: any StoreWriting
    ) throws -> FileRecord {
        guard let record = try store.file(id), try store.mayRead(record.key, user) else {
            throw ChatError.fileNotFound
        }
        return record
    }

    /// The first attempt's result, if this one is a repetition of it.
    private func first(_ known: SendKey, in room: ConversationRecord) throws -> SentMessage {
        guard known.conversation == room.key, known.fingerprint == fingerprint else {
            throw ChatError.cidReused
        }
        return SentMessage(
            conversation: room.id, seq: known.seq, sentAt: known.sentAt, isDuplicate: true)
    }
}
