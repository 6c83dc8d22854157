public import ChatDomain

/// What an outgoing webhook is to post.
public struct HookPost: Sendable {
    /// The webhook.
    public let hook: Hook
    /// Where to.
    public let url: WebURL
    /// What to sign with.
    public let key: [UInt8]
    /// The room.
    public let conversation: ConversationID
    /// What it is.
    public let kind: ConversationKind
    /// Its name.
    public let name: String
    /// The message, as it stands now.
    public let message: Message
    /// Who wrote it.
    public let from: User
}

/// What came of a post.
public enum HookAnswer: Hashable, Sendable {
    /// The other side answered; with the text that it wants to have said.
    case answered(status: Int, text: String?)
    /// There was no answer; the reason is a sentence for a person.
    case failed(String)
    /// The address may not be reached from here, ever; the reason is a sentence for a person.
    case refused(String)
}

/// Posts what outgoing webhooks have to post.
public protocol HookSender: Sendable {
    /// Posts one message and waits for the answer, for a few seconds at most.
    func post(_ post: HookPost) async -> HookAnswer
}
