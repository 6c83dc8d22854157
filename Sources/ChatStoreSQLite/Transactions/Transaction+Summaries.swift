internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func summaries(of user: UserKey) throws -> [ConversationSummary] {
        let shared = Shared(
            marks: try marks("m.user_id = ?", [user.rawValue]),
            groups: try groups("m.user_id = ?", [user.rawValue]))
        return try all(Self.summaryQuery + "WHERE m.user_id = ?", [user.rawValue]) {
            try $0.summary(shared).summary
        }
    }

    func summary(of conversation: ConversationKey, for user: UserKey) throws -> ConversationSummary? {
        let place: StatementArguments = [user.rawValue, conversation.rawValue]
        let condition = "m.user_id = ? AND m.conv_id = ?"
        let shared = Shared(marks: try marks(condition, place), groups: try groups(condition, place))
        return try first(Self.summaryQuery + "WHERE \(condition)", place) {
            try $0.summary(shared).summary
        }
    }

    func summaries(ofMembersOf conversation: ConversationKey) throws -> [(user: UserID, ConversationSummary)]
    {
        // One member's view of the positions holds everybody's: each summary leaves its own member out.
        let condition =
            "m.conv_id = ?1 AND m.user_id = (SELECT user_id FROM memberships WHERE conv_id = ?1 LIMIT 1)"
        let shared = Shared(
            marks: try marks(condition, [conversation.rawValue]),
            groups: try groups(condition, [conversation.rawValue]))
        return try all(Self.summaryQuery + "WHERE m.conv_id = ?", [conversation.rawValue]) {
            try $0.summary(shared)
        }
    }

    /// Memberships `m`, with everything that a summary shows. The peer is a CASE and not a join, because a join would
    /// go through all members of every room to find that none of them is one.
    private static let summaryQuery = """
        SELECT mu.pub, mu.name, c.id, c.pub, c.kind, c.name, c.topic, c.members, c.last_seq, c.rev, c.last_n,
            \(membershipColumns),
            m.notify, m.muted_until, m.pinned_at IS NOT NULL, m.hidden_seq IS NOT NULL AND m.hidden_seq >= c.last_seq,
            c.archived_at IS NOT NULL, c.min_seq, c.avatar,
            CASE WHEN c.last_seq > m.read_seq THEN
                \(mentionCount(user: "m.user_id", conversation: "c.id", seq: "m.read_seq")) ELSE 0 END,
            \(Transaction.userColumns("p")),
            lm.kind, lm.ts, lm.flags, substr(lm.body, 1, \(Limits.preview)), lu.pub, coalesce(lm.alias, lu.name),
            (SELECT count(*) FROM file_uses f WHERE f.conv_id = c.id AND f.seq = c.last_seq)
        FROM memberships m
        CROSS JOIN conversations c ON c.id = m.conv_id
        CROSS JOIN users mu ON mu.id = m.user_id
        LEFT JOIN users p ON p.id = CASE c.kind WHEN 1 THEN
            (SELECT pm.user_id FROM memberships pm WHERE pm.conv_id = c.id AND pm.user_id <> m.user_id LIMIT 1) END
        LEFT JOIN messages lm ON lm.k = (c.id << 32) | c.last_seq
        LEFT JOIN users lu ON lu.id = lm.sender_id

        """

    /// The members of those conversations of `m` that are groups, by conversation.
    private func groups(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [ConversationKey: [User]] {
        let entries = try all(
            """
            SELECT om.conv_id, \(Self.userColumns("u"))
            FROM memberships m
            CROSS JOIN conversations c ON c.id = m.conv_id AND c.kind = 2
            CROSS JOIN memberships om ON om.conv_id = c.id
            CROSS JOIN users u ON u.id = om.user_id
            WHERE \(condition) ORDER BY om.conv_id, u.name_fold, u.id
            """, arguments
        ) { (try $0.conversationKey(), try $0.user()) }
        return Dictionary(grouping: entries, by: \.0).mapValues { $0.map(\.1) }
    }

    /// The positions of all members of those conversations of `m` that share them, by conversation.
    private func marks(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [ConversationKey: [MemberPositions]] {
        let entries = try all(
            """
            SELECT om.conv_id, u.pub, om.got_seq, om.read_seq
            FROM memberships m
            CROSS JOIN conversations c ON c.id = m.conv_id
                AND (c.kind = 1 OR c.kind IN (2, 3, 4) AND c.members <= \(Limits.membersWithMarks))
            CROSS JOIN memberships om ON om.conv_id = c.id
            CROSS JOIN users u ON u.id = om.user_id
            WHERE \(condition)
            """, arguments
        ) {
            (
                try $0.conversationKey(),
                MemberPositions(user: try $0.userID(), delivered: try $0.seq(), read: try $0.seq())
            )
        }
        return Dictionary(grouping: entries, by: \.0).mapValues { $0.map(\.1) }
    }
}

/// What several views of conversations have in common.
private struct Shared {
    /// The positions of members, by conversation.
    let marks: [ConversationKey: [MemberPositions]]
    /// The members of groups, by conversation.
    let groups: [ConversationKey: [User]]
}

extension Columns {
    /// A row of the summary query, and whose view it is.
    fileprivate mutating func summary(
        _ shared: Shared
    ) throws -> (user: UserID, summary: ConversationSummary) {
        let me = try userID()
        let myName = try text()
        let key = try conversationKey()
        let id = try conversationID()
        let kind = try conversationKind()
        let roomName = try text()
        let topic = try text()
        let members = try count()
        let seq = try seq()
        let rev = try int()
        let total = try int()
        let membership = try membershipRecord()
        let arrangement = Arrangement(
            notify: try notifyLevel(), mutedUntil: try time(), isPinned: try int() != 0,
            isHidden: try int() != 0)
        let isArchived = try int() != 0
        let firstSeq = try self.seq()
        let avatar = try optionalFileID()
        let mentions = try count()
        let peer = try optionalUser()
        let last = try optionalPreview(seq: seq)
        let others: [MemberPositions]? =
            Permission.sharesMarks(kind: kind, members: members)
            ? (shared.marks[key] ?? []).filter { $0.user != me } : nil
        let peers = kind == .group ? (shared.groups[key] ?? []).filter { $0.id != me } : nil
        let name =
            switch kind {
            case .publicRoom, .privateRoom: roomName
            case .group: roomName.isEmpty ? (peers ?? []).map(\.name).joined(separator: ", ") : roomName
            case .direct: peer?.name ?? ""
            case .notes: myName
            }
        var summary = ConversationSummary(
            id: id, kind: kind, name: name, topic: topic, peer: peer,
            peers: peers.map { Array($0.prefix(Limits.groupPeers)) }, role: membership.role, members: members,
            seq: seq, rev: rev, read: membership.read, delivered: membership.delivered,
            unread: Int(max(0, total - membership.readCount)), last: last, marks: others,
            arrangement: arrangement, isArchived: isArchived, silencedUntil: membership.silencedUntil,
            firstSeq: firstSeq, mentions: mentions, readRevision: membership.readRevision)
        summary.avatar = avatar
        return (me, summary)
    }

    /// The columns of `Transaction.userColumns`, all of them NULL where there is nobody.
    private mutating func optionalUser() throws -> User? {
        guard !isNull else {
            skip(Transaction.userColumnCount)
            return nil
        }
        return try user()
    }

    /// Seven columns, the first NULL where there is no message: kind, ts, flags, body, sender's pub and name, count of
    /// files.
    private mutating func optionalPreview(seq: MessageSeq) throws -> MessagePreview? {
        guard !isNull else {
            skip(7)
            return nil
        }
        let kind = try messageKind()
        let sentAt = try time()
        let flags = MessageFlags(rawValue: try int())
        let body = try optionalText() ?? ""
        return MessagePreview(
            seq: seq, sender: try userID(), senderName: try text(), body: body, sentAt: sentAt, kind: kind,
            files: try count(), isDeleted: flags.contains(.deleted))
    }
}
