internal import ChatDomain

// The values of docs/realtime-api.md as they stand on the wire. Short names, because they repeat.

/// `User`: a person as others see them.
struct WireUser: Codable, Sendable {
    let u: String
    let username: String
    let name: String
    let role: String
    let state: String?
    let status: String?
    let avatar: String?
    let bot: Bool?

    init(_ user: User) {
        u = user.id.description
        username = user.username
        name = user.name
        role = user.role.rawValue
        state = user.state == .active ? nil : user.state.rawValue
        status = user.status.isEmpty ? nil : user.status
        avatar = user.avatar.map { "/files/\($0)" }
        bot = user.isBot ? true : nil
    }
}

/// `Conv`: a conversation as one member sees it.
struct WireConversation: Codable, Sendable {
    struct Last: Codable, Sendable {
        let seq: UInt32
        let from: String
        let name: String
        let body: String
        let ts: Int64
        let kind: String
        let files: Int?
        let del: Bool?
    }

    /// `[user, got, read]`.
    struct Positions: Codable, Sendable {
        let user: String
        let got: UInt32
        let read: UInt32

        init(_ positions: MemberPositions) {
            user = positions.user.description
            got = positions.delivered.rawValue
            read = positions.read.rawValue
        }

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            user = try container.decode(String.self)
            got = try container.decode(UInt32.self)
            read = try container.decode(UInt32.self)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(user)
            try container.encode(got)
            try container.encode(read)
        }
    }

    let c: String
    let kind: String
    let name: String
    let topic: String
    let avatar: String?
    let peer: WireUser?
    let peers: [WireUser]?
    let role: String
    let members: Int
    let seq: UInt32
    let rev: Int64
    let read: UInt32
    let got: UInt32
    let unread: Int
    let mentions: Int
    let rr: Int64
    let last: Last?
    let marks: [Positions]?
    let notify: String
    let muted: Int64?
    let hidden: Bool?
    let pinned: Bool?
    let archived: Bool?
    let silenced: Int64?
    let minSeq: UInt32?

    init(_ summary: ConversationSummary) {
        c = summary.id.description
        kind = summary.kind.rawValue
        name = summary.name
        topic = summary.topic
        avatar = summary.avatar.map { "/files/\($0)" }
        peer = summary.peer.map { WireUser($0) }
        peers = summary.peers.map { $0.map { WireUser($0) } }
        role = summary.role.rawValue
        members = summary.members
        seq = summary.seq.rawValue
        rev = summary.rev
        read = summary.read.rawValue
        got = summary.delivered.rawValue
        unread = summary.unread
        mentions = summary.mentions
        rr = summary.readRevision
        last = summary.last.map {
            Last(
                seq: $0.seq.rawValue, from: $0.sender.description, name: $0.senderName, body: $0.body,
                ts: $0.sentAt.milliseconds, kind: $0.kind.rawValue, files: $0.files > 0 ? $0.files : nil,
                del: $0.isDeleted ? true : nil)
        }
        marks = summary.marks?.map { Positions($0) }
        let arrangement = summary.arrangement
        notify = arrangement.notify.rawValue
        muted = Self.moment(arrangement.mutedUntil)
        hidden = arrangement.isHidden ? true : nil
        pinned = arrangement.isPinned ? true : nil
        archived = summary.isArchived ? true : nil
        silenced = Self.moment(summary.silencedUntil)
        minSeq = summary.firstSeq.rawValue > 1 ? summary.firstSeq.rawValue : nil
    }

    private static func moment(_ moment: Timestamp) -> Int64? {
        moment.milliseconds > 0 ? moment.milliseconds : nil
    }
}

/// `mark`: somebody's positions moved.
struct WireMark: Codable, Sendable {
    let c: String
    let u: String
    let read: UInt32?
    let got: UInt32?
    let unread: Int?
    let mentions: Int?
    let rr: Int64?

    init(_ mark: Mark, forOthers: Bool = false) {
        c = mark.conversation.description
        u = mark.user.description
        read = mark.read?.rawValue
        got = mark.delivered?.rawValue
        unread = forOthers ? nil : mark.unread
        mentions = forOthers ? nil : mark.mentions
        rr = forOthers ? nil : mark.readRevision
    }
}
