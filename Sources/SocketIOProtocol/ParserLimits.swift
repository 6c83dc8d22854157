/// What one peer may make the parser do.
///
/// The reference implementation bounds only the attachments; the rest would otherwise be bounded by the size
/// of an Engine.IO message alone.
public struct ParserLimits: Sendable, Equatable {
    /// The deepest nesting that can be configured; `maxJSONDepth` above it counts as this.
    public static let deepestJSON = ContainerStack.capacity
    /// The largest number of attachments that can be configured, since the header has room for two digits.
    public static let mostAttachments = 99
    /// The largest ack id: 2^53 - 1, the last integer that a JavaScript peer counts to exactly.
    public static let largestAckID: UInt64 = (1 << 53) - 1

    /// Attachments of one packet (CVE-2026-33151).
    public var maxAttachments: Int
    /// Bytes of a namespace's name, the leading slash included.
    public var maxNamespaceLength: Int
    /// Bytes that may follow the name of a namespace as its query, in a CONNECT of protocol revision 4.
    public var maxNamespaceQueryLength: Int
    /// Open brackets around the innermost value of a payload.
    public var maxJSONDepth: Int
    /// Arguments of one event (its name not counted) or of one ack.
    public var maxArguments: Int
    /// Bytes of all attachments of one packet together.
    public var maxAttachmentBytes: Int
    /// Namespaces that one connection may have joined or be joining.
    public var maxNamespaces: Int

    /// Creates a set of limits; what is not named keeps its default.
    public init(
        maxAttachments: Int = 10,
        maxNamespaceLength: Int = 512,
        maxNamespaceQueryLength: Int = 8_192,
        maxJSONDepth: Int = 64,
        maxArguments: Int = 256,
        maxAttachmentBytes: Int = 1_000_000,
        maxNamespaces: Int = 32
    ) {
        self.maxAttachments = maxAttachments
        self.maxNamespaceLength = maxNamespaceLength
        self.maxNamespaceQueryLength = maxNamespaceQueryLength
        self.maxJSONDepth = maxJSONDepth
        self.maxArguments = maxArguments
        self.maxAttachmentBytes = maxAttachmentBytes
        self.maxNamespaces = maxNamespaces
    }

    /// The limits for a client of protocol revision 4, whose namespaces may have a query.
    public var revision4: ParserLimits {
        var limits = self
        let (length, overflow) = maxNamespaceLength.addingReportingOverflow(maxNamespaceQueryLength)
        limits.maxNamespaceLength = overflow ? .max : length
        return limits
    }
}
