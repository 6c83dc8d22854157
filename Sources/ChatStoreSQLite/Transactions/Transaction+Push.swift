internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB

extension Transaction {
    func pushIdentity() throws -> [UInt8]? {
        try first("SELECT value FROM meta WHERE key = 'push'") { try $0.text() }.flatMap {
            Base64URL.bytes(of: $0)
        }
    }

    func insertPushIdentity(_ key: [UInt8]) throws {
        try run("INSERT INTO meta (key, value) VALUES ('push', ?)", [Base64URL.text(of: key)])
    }

    func pushDevices(of user: UserKey) throws -> [PushListing] {
        try all(
            """
            SELECT endpoint, created_at, last_at, last_status FROM push_devices WHERE user_id = ? ORDER BY id
            """, [user.rawValue]
        ) {
            let parts = try $0.text().split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
            let (createdAt, at, status) = (try $0.time(), try $0.optionalTime(), try $0.optionalInt())
            var last: (at: Timestamp, status: Int)?
            if let at, let status { last = (at, Int(status)) }
            return PushListing(
                host: parts.count > 2 ? String(parts[2]) : "", createdAt: createdAt, last: last)
        }
    }

    func insertPushDevice(
        _ target: PushTarget, of user: UserKey, session: SessionID, at now: Timestamp
    ) throws {
        try run("DELETE FROM push_devices WHERE endpoint = ?", [target.endpoint.text])
        try run(
            """
            INSERT INTO push_devices (user_id, session_id, endpoint, public_key, secret, created_at)
            SELECT ?, id, ?, ?, ?, ? FROM sessions WHERE pub = ?
            """,
            [
                user.rawValue, target.endpoint.text, Data(target.publicKey), Data(target.secret),
                now.milliseconds, session.description,
            ])
    }

    func deletePushDevice(_ endpoint: String, of user: UserKey) throws -> Bool {
        try run("DELETE FROM push_devices WHERE endpoint = ? AND user_id = ?", [endpoint, user.rawValue]) > 0
    }

    func deletePushDevice(_ device: Int64) throws {
        try run("DELETE FROM push_devices WHERE id = ?", [device])
    }

    func queuePush(
        of seq: MessageSeq, in conversation: ConversationKey, except author: UserKey
    ) throws -> Bool {
        // Who of the conversation it is for is found out later: a message does not wait for that.
        try run(
            """
            INSERT INTO push_queue (k)
            SELECT ?1 WHERE EXISTS (SELECT 1 FROM push_devices d WHERE d.user_id <> ?2)
            """, [MessageKey(conversation, seq).rawValue, author.rawValue]) > 0
    }

    func unqueuePush(of seq: MessageSeq, in conversation: ConversationKey) throws {
        try run("DELETE FROM push_queue WHERE k = ?", [MessageKey(conversation, seq).rawValue])
    }

    func unspreadPushes(limit: Int) throws -> [(conversation: ConversationKey, seq: MessageSeq)] {
        try all("SELECT k FROM push_queue ORDER BY k LIMIT ?", [limit]) {
            let key = MessageKey(rawValue: try $0.int())
            return (key.conversation, key.seq)
        }
    }

    func peopleToTell(
        of message: Message, in conversation: ConversationKey, at now: Timestamp
    ) throws -> [NamedMember] {
        try all(
            """
            SELECT u.id, u.pub FROM memberships m CROSS JOIN users u ON u.id = m.user_id AND u.state = 0
            WHERE m.conv_id = ?1 AND m.muted_until <= ?2 AND m.read_seq < ?3 AND u.pub <> ?4
                AND EXISTS (SELECT 1 FROM push_devices d WHERE d.user_id = m.user_id)
                AND (m.notify = 0 OR m.notify = 1 AND (?5 OR EXISTS (
                    SELECT 1 FROM mentions x WHERE x.k = ?6 AND x.user_id = m.user_id)))
            """,
            [
                conversation.rawValue, now.milliseconds, Int64(message.seq.rawValue),
                message.sender.description, message.mentionsAll,
                MessageKey(conversation, message.seq).rawValue,
            ]
        ) { NamedMember(key: try $0.userKey(), id: try $0.userID()) }
    }

    func insertPushes(
        of message: (conversation: ConversationKey, seq: MessageSeq)?, to user: UserKey, at now: Timestamp
    ) throws {
        try run(
            "INSERT INTO pushes (device_id, k, due_at) SELECT id, ?, ? FROM push_devices WHERE user_id = ?",
            [
                message.map { MessageKey($0.conversation, $0.seq).rawValue }, now.milliseconds, user.rawValue,
            ])
    }

    func duePushes(at now: Timestamp, limit: Int) throws -> [WaitingPush] {
        try all(
            """
            SELECT p.id, p.device_id, u.pub, d.endpoint, d.public_key, d.secret, p.tries, c.pub, p.k
            FROM pushes p CROSS JOIN push_devices d ON d.id = p.device_id CROSS JOIN users u ON u.id = d.user_id
            LEFT JOIN conversations c ON c.id = p.k >> 32
            WHERE p.due_at <= ? ORDER BY p.due_at, p.id LIMIT ?
            """, [now.milliseconds, limit]
        ) {
            let (id, device, user, endpoint) = (try $0.int(), try $0.int(), try $0.userID(), try $0.text())
            let (publicKey, secret, tries) = (try $0.bytes(), try $0.bytes(), try $0.count())
            var message: (conversation: ConversationID, seq: MessageSeq)?
            if !$0.isNull {
                message = (try $0.conversationID(), MessageKey(rawValue: try $0.int()).seq)
            }
            do {
                let target = try PushTarget(
                    endpoint: WebURL(endpoint), publicKey: publicKey, secret: secret)
                return WaitingPush(
                    id: id, device: device, user: user, target: target, message: message, tries: tries)
            } catch {
                throw CorruptRow(column: "push_devices.endpoint", value: endpoint)
            }
        }
    }

    func nextPush() throws -> Timestamp? {
        try first("SELECT min(due_at) FROM pushes") { try $0.optionalTime() } ?? nil
    }

    func deletePush(_ id: Int64) throws {
        try run("DELETE FROM pushes WHERE id = ?", [id])
    }

    func postponePush(_ id: Int64, tries: Int, until moment: Timestamp) throws {
        try run("UPDATE pushes SET tries = ?, due_at = ? WHERE id = ?", [tries, moment.milliseconds, id])
    }

    func setPushResult(of device: Int64, status: Int, at now: Timestamp) throws {
        try run(
            "UPDATE push_devices SET last_at = ?, last_status = ? WHERE id = ?",
            [now.milliseconds, status, device])
    }
}
