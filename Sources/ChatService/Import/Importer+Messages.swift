public import ChatDomain

extension Importer {
    /// Messages of one batch: one transaction.
    public static let batch = 200

    /// How a batch of messages came.
    public struct Delivered: Sendable {
        /// New messages.
        public var messages = 0
        /// Those of them that reply to another one.
        public var replies = 0
        /// Reactions to them.
        public var reactions = 0
        /// Files that came with them.
        public var files = 0
        /// Messages whose time had to be moved behind that of an earlier one.
        public var moved = 0
        /// Replies to what is not here; they came without that.
        public var orphans = 0
        /// Messages without anything.
        public var empty = 0
    }

    /// Adds messages in this order; those that came before are left out. `files` are those that
    /// ``keep(_:of:people:content:)`` took.
    ///
    /// - Throws: `busy`, `unavailable`; nothing of the batch is there then.
    public func deliver(
        _ messages: [ImportedMessage], to place: Place, people: [String: Person],
        files: [String: FileID] = [:]
    ) async throws(ChatError) -> Delivered {
        let source = source
        return try await chat.store.write { store -> Delivered in
            guard let room = try store.conversation(place.key) else { throw ChatError.conversationNotFound }
            var work = Delivery(store: store, room: room, source: source, people: people, files: files)
            for message in messages { try work.add(message) }
            try store.readOn(from: room.seq, in: room.key)
            return work.result
        } committed: { _ in
        }
    }
}

/// A batch while it is being added.
private struct Delivery {
    let store: any StoreWriting
    let room: ConversationRecord
    let source: String
    let people: [String: Importer.Person]
    let files: [String: FileID]
    var result = Importer.Delivered()
    private var last: Timestamp

    init(
        store: any StoreWriting, room: ConversationRecord, source: String,
        people: [String: Importer.Person], files: [String: FileID]
    ) {
        self.store = store
        self.room = room
        self.source = source
        self.people = people
        self.files = files
        last = room.lastSentAt
    }

    mutating func add(_ message: ImportedMessage) throws {
        guard try store.imported(.message, message.ref, from: source) == nil,
            let sender = people[message.sender]
        else { return }
        let files = try message.files.compactMap {
            try self.files[$0.ref].flatMap { try store.file($0)?.key }
        }
        let parts = Self.parts(of: message.body)
        guard !parts.isEmpty || !files.isEmpty else {
            result.empty += 1
            return
        }
        var replyTo: MessageSeq?
        if let ref = message.replyTo { replyTo = try root(ref) }
        // Times never go back inside a conversation.
        if message.sentAt < last { result.moved += 1 }
        last = max(last, message.sentAt)
        let first = try append(parts.first ?? "", of: message, by: sender, replyTo: replyTo)
        if !files.isEmpty {
            try store.attach(Array(files.prefix(Limits.filesPerMessage)), to: first, in: room.key)
            result.files += min(files.count, Limits.filesPerMessage)
        }
        try store.remember(
            .message, message.ref, from: source, as: room.key.rawValue << 32 | Int64(first.rawValue))
        for part in parts.dropFirst() { _ = try append(part, of: message, by: sender, replyTo: replyTo) }
        if let moment = message.editedAt { try store.markEdited(first, in: room.key, at: moment) }
        for (emoji, users) in message.reactions.prefix(Limits.reactionKinds) {
            for user in users {
                guard let person = people[user],
                    try store.react(emoji, true, to: first, in: room.key, by: person.key)
                else { continue }
                result.reactions += 1
            }
        }
        result.messages += 1
    }

    /// The message with this name, where it is in the same conversation.
    private mutating func root(_ ref: String) throws -> MessageSeq? {
        guard let number = try store.imported(.message, ref, from: source), number >> 32 == room.key.rawValue
        else {
            result.orphans += 1
            return nil
        }
        result.replies += 1
        return MessageSeq(UInt32(truncatingIfNeeded: number))
    }

    private func append(
        _ body: String, of message: ImportedMessage, by sender: Importer.Person, replyTo: MessageSeq?
    ) throws -> MessageSeq {
        let alias = message.alias.flatMap { try? DisplayName(String($0.prefix(64))) }
        let seq = try store.append(
            NewMessage(
                conversation: room.key, sender: sender.key, clientID: nil, sentAt: last, kind: .text,
                body: body,
                replyTo: replyTo, alias: alias?.text)
        ).seq
        if let replyTo { try store.countReply(to: replyTo, from: seq, in: room.key, by: 1) }
        let named = try store.members(named: MentionScan(body), in: room.key, except: sender.key)
        if !named.isEmpty { try store.setMentions(named, all: false, of: seq, in: room.key) }
        return seq
    }

    /// A body in parts that are not too long; none for a body that says nothing.
    private static func parts(of body: String) -> [String] {
        var parts: [String] = []
        var rest = String.UnicodeScalarView(body.unicodeScalars.filter { $0.value != 0 })[...]
        while !rest.isEmpty {
            let part = String(rest.prefix(Limits.body.upperBound))
            if (try? MessageBody(part)) != nil { parts.append(part) }
            rest = rest.dropFirst(Limits.body.upperBound)
        }
        return parts
    }
}
