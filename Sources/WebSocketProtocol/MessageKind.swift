/// The two kinds of message (RFC 6455 section 5.6).
@frozen
public enum MessageKind: Sendable, CaseIterable {
    /// UTF-8, to be checked over the whole message with ``UTF8Validator``.
    case text
    /// Arbitrary bytes.
    case binary
}
