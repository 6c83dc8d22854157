/// Whose turn it is on one engine connection: a text packet's, or an attachment's of the packet before.
///
/// It counts; the bytes are its driver's. The binary messages of a packet follow it without anything between
/// them. A packet that announces none is complete at once and leaves no state: whoever sends a binary message
/// after it broke the rule (the reference would collect such messages for ever).
///
/// ```
///            begin(n > 0)                    receivedBinary, not the last
///   idle --------------------> pending --------------------------------+
///    ^  ^ begin(0)            |   |  ^                                 |
///    |  +--- (stays)          |   |  +---------------------------------+
///    +---- receivedBinary ----+   | receivedText, begin, too many bytes
///          (the last)             v
///   idle -- receivedBinary --> broken: repeats the violation until the connection is gone
/// ```
public struct AttachmentCollector: ~Copyable, Sendable {
    /// What to do with an attachment.
    public enum OnAttachment: Equatable, Sendable {
        /// Keep it with its packet; more will come.
        case keepWaiting
        /// It was the last one: deliver the packet.
        case complete
    }

    private enum State: ~Copyable {
        case idle
        case pending(remaining: Int, bytesLeft: Int)
        case broken(SocketIOViolation)
    }

    private var state: State
    private let maxAttachmentBytes: Int

    /// Creates a collector that takes at most `limits.maxAttachmentBytes` bytes for one packet.
    public init(limits: ParserLimits = .init()) {
        self.init(.idle, limits.maxAttachmentBytes)
    }

    private init(_ state: consuming State, _ maxAttachmentBytes: Int) {
        self.state = state
        self.maxAttachmentBytes = maxAttachmentBytes
    }

    /// How many attachments are due.
    public var remaining: Int {
        switch self.state {
        case .pending(let remaining, _): remaining
        case .idle: 0
        case .broken: 0
        }
    }

    /// Whether the next message must be an attachment.
    public var isPending: Bool { self.remaining > 0 }

    /// A packet that announces `count` attachments was decoded; `receivedText()` had allowed it.
    public mutating func begin(count: Int) {
        let maxBytes = self.maxAttachmentBytes
        switch consume self.state {
        case .idle:
            guard count > 0 else {
                self = Self(.idle, maxBytes)
                return
            }
            self = Self(.pending(remaining: count, bytesLeft: maxBytes), maxBytes)
        case .pending:
            self = Self(.broken(.textWhileAttachmentsPending), maxBytes)
        case .broken(let violation):
            self = Self(.broken(violation), maxBytes)
        }
    }

    /// A binary message of `length` bytes arrived.
    ///
    /// - Throws: `.unexpectedBinary` when none is due, `.attachmentsTooLarge` when it is one byte too many.
    public mutating func receivedBinary(length: Int) throws(SocketIOViolation) -> OnAttachment {
        let maxBytes = self.maxAttachmentBytes
        switch consume self.state {
        case .idle:
            self = Self(.broken(.unexpectedBinary), maxBytes)
            throw .unexpectedBinary
        case .pending(let remaining, let bytesLeft):
            guard length <= bytesLeft else {
                self = Self(.broken(.attachmentsTooLarge), maxBytes)
                throw .attachmentsTooLarge
            }
            guard remaining > 1 else {
                self = Self(.idle, maxBytes)
                return .complete
            }
            self = Self(.pending(remaining: remaining - 1, bytesLeft: bytesLeft - max(0, length)), maxBytes)
            return .keepWaiting
        case .broken(let violation):
            self = Self(.broken(violation), maxBytes)
            throw violation
        }
    }

    /// A text message arrived; call this before decoding it.
    ///
    /// - Throws: `.textWhileAttachmentsPending` when an attachment was due.
    public mutating func receivedText() throws(SocketIOViolation) {
        let maxBytes = self.maxAttachmentBytes
        switch consume self.state {
        case .idle:
            self = Self(.idle, maxBytes)
        case .pending:
            self = Self(.broken(.textWhileAttachmentsPending), maxBytes)
            throw .textWhileAttachmentsPending
        case .broken(let violation):
            self = Self(.broken(violation), maxBytes)
            throw violation
        }
    }
}
