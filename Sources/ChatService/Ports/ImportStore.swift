public import ChatDomain

/// What came from another server.
public enum ImportKind: Int64, Sendable {
    /// A person or program.
    case person = 0
    /// A conversation.
    case conversation = 1
    /// A message.
    case message = 2
}

/// What was imported before, to read.
public protocol ImportReading {
    /// The store's number of what the other server calls so; nil when that did not come here.
    func imported(_ kind: ImportKind, _ name: String, from source: String) throws -> Int64?
    /// The conversation with this key.
    func conversation(_ key: ConversationKey) throws -> ConversationRecord?
}

/// What is imported, to write.
public protocol ImportWriting {
    /// Remembers the store's number of what the other server calls so.
    func remember(_ kind: ImportKind, _ name: String, from source: String, as number: Int64) throws
    /// The message had been changed before it came here.
    func markEdited(_ seq: MessageSeq, in conversation: ConversationKey, at moment: Timestamp) throws
    /// Whoever had read everything up to `seq` has read everything now.
    func readOn(from seq: MessageSeq, in conversation: ConversationKey) throws
    /// From now on clients drop their caches.
    func renewEpoch() throws
}
