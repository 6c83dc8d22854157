internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB

extension Transaction {
    private static let hookColumns = """
        h.id, h.pub, c.pub, h.bot_id, h.secret_hash, h.key, h.url, h.matching, h.word, h.created_at, h.last_at,
        h.last_status, h.last_error, \(userColumns("b")), \(userColumns("a"))
        """

    private static let hookJoins = """
        CROSS JOIN conversations c ON c.id = h.conv_id
        CROSS JOIN users b ON b.id = h.bot_id
        CROSS JOIN users a ON a.id = h.by_user
        """

    func hooks(of conversation: ConversationKey) throws -> [HookRecord] {
        try all(
            "SELECT \(Self.hookColumns) FROM hooks h \(Self.hookJoins) WHERE h.conv_id = ? ORDER BY h.id",
            [conversation.rawValue]
        ) { try $0.hook() }
    }

    func hook(secretTag tag: Int64) throws -> HookRecord? {
        try first("SELECT \(Self.hookColumns) FROM hooks h \(Self.hookJoins) WHERE h.secret_tag = ?", [tag]) {
            try $0.hook()
        }
    }

    func waitingDeliveries(of hook: HookKey) throws -> Int {
        try first("SELECT count(*) FROM deliveries WHERE hook_id = ?", [hook.rawValue]) { try $0.count() }
            ?? 0
    }

    func dueDeliveries(at now: Timestamp, limit: Int) throws -> [WaitingDelivery] {
        try all(
            """
            SELECT d.id, d.seq, d.tries, \(Self.hookColumns)
            FROM (SELECT min(id) AS id FROM deliveries GROUP BY hook_id) w
            CROSS JOIN deliveries d ON d.id = w.id AND d.due_at <= ?
            CROSS JOIN hooks h ON h.id = d.hook_id
            \(Self.hookJoins)
            ORDER BY d.due_at, d.id LIMIT ?
            """, [now.milliseconds, limit]
        ) {
            let (id, seq, tries) = (try $0.int(), try $0.seq(), try $0.count())
            return WaitingDelivery(id: id, hook: try $0.hook(), seq: seq, tries: tries)
        }
    }

    func nextDelivery() throws -> Timestamp? {
        try first(
            """
            SELECT min(d.due_at) FROM (SELECT min(id) AS id FROM deliveries GROUP BY hook_id) w
            CROSS JOIN deliveries d ON d.id = w.id
            """
        ) { try $0.optionalTime() } ?? nil
    }

    func insertHook(
        _ hook: NewHook, in conversation: ConversationKey, bot: UserKey, by user: UserKey, at now: Timestamp
    ) throws {
        var (kind, url, matching, word): (Int64, String?, Int64, String?) = (0, nil, 0, nil)
        if case .outgoing(let target, let match) = hook.direction {
            (kind, url) = (1, target.text)
            switch match {
            case .all: matching = 0
            case .mention: matching = 1
            case .word(let text): (matching, word) = (2, text)
            }
        }
        try run(
            """
            INSERT INTO hooks (pub, conv_id, bot_id, by_user, kind, secret_tag, secret_hash, key, url, matching, word,
                created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                hook.id.description, conversation.rawValue, bot.rawValue, user.rawValue, kind, hook.secretTag,
                hook.secretHash.map { Data($0) }, hook.signingKey.map { Data($0) }, url, matching, word,
                now.milliseconds,
            ])
    }

    func deleteHook(_ hook: HookKey) throws {
        try run("DELETE FROM hooks WHERE id = ?", [hook.rawValue])
    }

    func insertDelivery(of seq: MessageSeq, by hook: HookKey, at now: Timestamp) throws {
        try run(
            "INSERT INTO deliveries (hook_id, seq, due_at) VALUES (?, ?, ?)",
            [hook.rawValue, Int64(seq.rawValue), now.milliseconds])
    }

    func deleteDelivery(_ id: Int64) throws {
        try run("DELETE FROM deliveries WHERE id = ?", [id])
    }

    func postponeDelivery(_ id: Int64, tries: Int, until moment: Timestamp) throws {
        try run("UPDATE deliveries SET tries = ?, due_at = ? WHERE id = ?", [tries, moment.milliseconds, id])
    }

    func setResult(_ result: Hook.Result, of hook: HookKey) throws {
        try run(
            "UPDATE hooks SET last_at = ?, last_status = ?, last_error = ? WHERE id = ?",
            [result.at.milliseconds, result.status, result.error, hook.rawValue])
    }
}

extension Columns {
    /// The columns of `Transaction.hookColumns`.
    fileprivate mutating func hook() throws -> HookRecord {
        let key = HookKey(try int())
        let pub = try text()
        guard let id = HookID(pub) else { throw CorruptRow(column: "hooks.pub", value: pub) }
        let (conversation, bot) = (try conversationID(), try userKey())
        let (secretHash, signingKey) = (try optionalBytes(), try optionalBytes())
        let (url, matching, word) = (try optionalText(), try int(), try optionalText())
        var direction = Hook.Direction.incoming
        if let url {
            do {
                let name = matching == 1 ? "mention" : matching == 2 ? "word" : "all"
                direction = .outgoing(try WebURL(url), try HookMatch(name, word: word))
            } catch {
                throw CorruptRow(column: "hooks.url", value: url)
            }
        }
        let (createdAt, lastAt, status, error) = (
            try time(), try optionalTime(), try optionalInt(), try optionalText()
        )
        let last = lastAt.map { Hook.Result(at: $0, status: status.map { Int($0) }, error: error) }
        let (speaker, maker) = (try user(), try user())
        return HookRecord(
            key: key,
            hook: Hook(
                id: id, direction: direction, bot: speaker, by: maker, createdAt: createdAt, last: last),
            conversation: conversation, bot: bot, secretHash: secretHash, signingKey: signingKey)
    }
}
