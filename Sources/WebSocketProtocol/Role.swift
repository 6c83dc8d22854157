/// Which end of the connection we are; it decides who masks (RFC 6455 section 5.1).
@frozen
public enum Role: Sendable {
    /// We accepted the connection: the peer must mask its frames, we must not.
    case server
    /// We opened the connection: we must mask our frames, the peer must not.
    case client
}
