/// A message that changed after it was sent: the `chg` event.
public struct MessageChange: Hashable, Sendable {
    /// What was done. The raw value is the word on the wire.
    public enum Kind: String, Sendable, CaseIterable {
        /// It has another body.
        case edit
        /// It was deleted.
        case deletion = "del"
        /// Somebody reacted, or took a reaction back.
        case react
        /// It was pinned or unpinned.
        case pin
        /// Previews of its links arrived.
        case preview
        /// It has one reply more or less.
        case reply
    }

    /// What was done.
    public let kind: Kind
    /// The message after the change; its `rev` is the change's number in the conversation.
    public let message: Message

    /// A change.
    public init(kind: Kind, message: Message) {
        self.kind = kind
        self.message = message
    }
}
