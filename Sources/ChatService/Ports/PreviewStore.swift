public import ChatDomain

/// A message whose links are to be fetched.
public struct WaitingPreview: Sendable {
    /// Where it stands.
    public let conversation: ConversationRecord
    /// The message, as it stands now.
    public let message: Message
    /// Who wrote it: whose files the pictures are.
    public let sender: UserKey

    /// A message that waits.
    public init(conversation: ConversationRecord, message: Message, sender: UserKey) {
        self.conversation = conversation
        self.message = message
        self.sender = sender
    }
}

/// The store's own number of what a page said.
public struct PreviewKey: Hashable, Sendable {
    /// The number.
    public let rawValue: Int64

    /// A key from its number.
    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }
}

/// Previews, to read.
public protocol PreviewReading {
    /// The first messages that wait. What waits and is no longer there is left out.
    func waitingPreviews(limit: Int) throws -> [WaitingPreview]
    /// Whether the message waits.
    func isWaitingForPreviews(_ seq: MessageSeq, in conversation: ConversationKey) throws -> Bool
    /// What the page said, when it was asked after `moment`; whether there is something to show.
    func preview(of url: WebURL, after moment: Timestamp) throws -> (key: PreviewKey, isShown: Bool)?
}

/// Previews, to write.
public protocol PreviewWriting {
    /// Lets a message wait.
    func queuePreviews(of seq: MessageSeq, in conversation: ConversationKey) throws
    /// A message waits no more.
    func unqueuePreviews(of seq: MessageSeq, in conversation: ConversationKey) throws
    /// Forgets all messages that wait.
    func clearPreviewQueue() throws
    /// Keeps what a page said; nil when there is nothing to show. The picture is kept for as long as that.
    func insertPreview(_ preview: LinkPreview?, of url: WebURL, at now: Timestamp) throws -> PreviewKey
    /// Shows previews beneath a message, in place of those before; whether that changed anything.
    func setPreviews(
        _ previews: [PreviewKey], of seq: MessageSeq, in conversation: ConversationKey
    ) throws -> Bool
    /// Forgets at most `limit` pages asked before `moment` that no message shows; how many.
    func deletePreviews(before moment: Timestamp, limit: Int) throws -> Int
}
