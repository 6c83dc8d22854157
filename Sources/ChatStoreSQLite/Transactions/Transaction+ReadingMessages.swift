internal import ChatDomain
internal import ChatService
internal import GRDB

/// Messages with everything that hangs on them.
extension Transaction {
    /// The columns of a message, of tables that ``messageJoins`` adds to a message `m`.
    static let messageColumns = """
        m.k, c.pub, m.cid, m.ts, m.kind, m.body, u.pub, coalesce(m.alias, u.name), u.bot, m.n, m.v, m.rev, m.edited_at, m.flags, m.replies, d.pub,
        m.reply_seq, qu.pub, coalesce(q.alias, qu.name), q.flags, substr(q.body, 1, \(Limits.preview))
        """

    static let messageJoins = """
        CROSS JOIN users u ON u.id = m.sender_id
        CROSS JOIN conversations c ON c.id = m.k >> 32
        LEFT JOIN users d ON d.id = m.deleted_by
        LEFT JOIN messages q ON q.k = (m.k & ~4294967295) | m.reply_seq
        LEFT JOIN users qu ON qu.id = q.sender_id
        """

    /// The messages of a query whose columns begin with ``messageColumns``.
    func allMessages(_ sql: String, _ arguments: StatementArguments) throws -> [Message] {
        try all(sql, arguments) { try $0.message() }.map(complete)
    }

    /// The messages of a query whose columns are a number and ``messageColumns``.
    func allNumberedMessages(_ sql: String, _ arguments: StatementArguments) throws -> [NumberedMessage] {
        try all(sql, arguments) { (number: try $0.int(), message: try $0.message()) }.map {
            NumberedMessage(number: $0.number, message: try complete($0.message))
        }
    }

    /// Adds what stands in other tables; most messages have nothing there.
    private func complete(_ stored: StoredMessage) throws -> Message {
        var message = stored.message
        guard !stored.flags.isDisjoint(with: [.reactions, .pinned, .mentions, .files, .previews]) else {
            return message
        }
        if stored.flags.contains(.files) {
            let seq = message.seq
            message.files = try files(of: stored.key.conversation, in: seq...seq)[seq] ?? []
        }
        if stored.flags.contains(.previews) { message.previews = try previews(of: stored.key) }
        if stored.flags.contains(.reactions) { message.reactions = try reactions(of: stored.key) }
        if stored.flags.contains(.pinned) {
            message.pinnedBy = try first(
                "SELECT u.pub FROM pins p CROSS JOIN users u ON u.id = p.by_user WHERE p.k = ?",
                [stored.key.rawValue]
            ) { try $0.userID() }
        }
        if stored.flags.contains(.mentions) {
            message.mentions = try all(
                """
                SELECT u.pub FROM mentions x CROSS JOIN users u ON u.id = x.user_id
                WHERE x.k = ? ORDER BY x.user_id LIMIT \(Limits.mentions)
                """, [stored.key.rawValue]
            ) { try $0.userID() }
        }
        return message
    }

    private func reactions(of key: MessageKey) throws -> [ReactionTally] {
        let counts = try all(
            "SELECT emoji, n FROM reaction_counts WHERE k = ? ORDER BY first_id LIMIT \(Limits.reactionKinds)",
            [key.rawValue]
        ) { (emoji: try $0.text(), count: try $0.count()) }
        return try counts.map { emoji, count in
            ReactionTally(
                emoji: emoji, count: count,
                people: try all(
                    """
                    SELECT u.pub FROM reactions r CROSS JOIN users u ON u.id = r.user_id
                    WHERE r.k = ? AND r.emoji = ? ORDER BY r.id LIMIT \(Limits.reactionPeople)
                    """, [key.rawValue, emoji]
                ) { try $0.userID() })
        }
    }
}

/// A message as its own row tells it.
struct StoredMessage {
    let key: MessageKey
    let flags: MessageFlags
    let message: Message
}

extension Columns {
    /// The columns of ``Transaction/messageColumns``.
    mutating func message() throws -> StoredMessage {
        let key = MessageKey(rawValue: try int())
        let conversation = try conversationID()
        let clientID = try optionalClientID()
        let sentAt = try time()
        let kind = try messageKind()
        let body = try optionalText() ?? ""
        var message = Message(
            conversation: conversation, seq: key.seq, clientID: clientID, sender: try userID(),
            senderName: try text(), sentAt: sentAt, body: body, kind: kind)
        message.isFromBot = try int() != 0
        message.count = try int()
        message.version = try int()
        message.rev = try int()
        message.editedAt = try optionalInt().map { Timestamp(milliseconds: $0) }
        let flags = MessageFlags(rawValue: try int())
        message.isDeleted = flags.contains(.deleted)
        message.mentionsAll = flags.contains(.mentionsAll)
        message.replies = try count()
        message.deletedBy = isNull ? nil : try userID()
        if message.deletedBy == nil { skip(1) }
        message.quote = try optionalQuote()
        return StoredMessage(key: key, flags: flags, message: message)
    }

    /// Five columns: the place, and of the message there its sender's pub and name, its flags and its body.
    private mutating func optionalQuote() throws -> Quote? {
        guard !isNull else {
            skip(5)
            return nil
        }
        let seq = try seq()
        guard !isNull else {
            skip(4)
            return nil
        }
        let sender = try userID()
        let name = try text()
        let flags = MessageFlags(rawValue: try int())
        return Quote(
            seq: seq, sender: sender, senderName: name, body: try optionalText() ?? "",
            isDeleted: flags.contains(.deleted))
    }
}
