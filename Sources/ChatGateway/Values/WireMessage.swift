internal import ChatDomain

/// `Msg`: one message, as it stands now.
struct WireMessage: Codable, Sendable {
    struct Reply: Codable, Sendable {
        let seq: UInt32
        let from: String
        let name: String
        let body: String
        let del: Bool?
    }

    /// `[emoji, n, [user...]]`.
    struct Reaction: Codable, Sendable {
        let emoji: String
        let count: Int
        let people: [String]

        init(_ tally: ReactionTally) {
            emoji = tally.emoji
            count = tally.count
            people = tally.people.map(\.description)
        }

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            emoji = try container.decode(String.self)
            count = try container.decode(Int.self)
            people = try container.decode([String].self)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(emoji)
            try container.encode(count)
            try container.encode(people)
        }
    }

    let c: String
    let seq: UInt32
    let id: String
    let cid: String?
    let from: String
    let name: String
    let ts: Int64
    let body: String
    let kind: String
    let n: Int64
    let v: Int64
    let rev: Int64
    let edited: Int64?
    let del: Bool?
    let by: String?
    let reply: Reply?
    let replies: Int?
    let re: [Reaction]?
    let pin: String?
    let mentions: [String]?
    let all: Bool?
    let files: [WireFile]?
    let bot: Bool?
    let previews: [WirePreview]?

    init(_ message: Message) {
        c = message.conversation.description
        seq = message.seq.rawValue
        id = message.id
        cid = message.clientID?.description
        from = message.sender.description
        name = message.senderName
        ts = message.sentAt.milliseconds
        body = message.body
        kind = message.kind.rawValue
        n = message.count
        v = message.version
        rev = message.rev
        edited = message.editedAt?.milliseconds
        del = message.isDeleted ? true : nil
        by = message.deletedBy?.description
        reply = message.quote.map {
            Reply(
                seq: $0.seq.rawValue, from: $0.sender.description, name: $0.senderName, body: $0.body,
                del: $0.isDeleted ? true : nil)
        }
        replies = message.replies > 0 ? message.replies : nil
        re = message.reactions.isEmpty ? nil : message.reactions.map { Reaction($0) }
        pin = message.pinnedBy?.description
        mentions = message.mentions.isEmpty ? nil : message.mentions.map(\.description)
        all = message.mentionsAll ? true : nil
        files = message.files.isEmpty ? nil : message.files.map { WireFile($0) }
        bot = message.isFromBot ? true : nil
        previews = message.previews.isEmpty ? nil : message.previews.map { WirePreview($0) }
    }
}

/// `chg`: a message after a change.
struct WireChange: Codable, Sendable {
    let c: String
    let rev: Int64
    let seq: UInt32
    let k: String
    let msg: WireMessage

    init(_ change: MessageChange) {
        c = change.message.conversation.description
        rev = change.message.rev
        seq = change.message.seq.rawValue
        k = change.kind.rawValue
        msg = WireMessage(change.message)
    }
}
