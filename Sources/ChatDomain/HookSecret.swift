/// The secret in the address of an incoming webhook: 64 lower-case hexadecimal characters (256 random bits). The server
/// keeps its SHA-256 only.
public struct HookSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    private let secret: SessionToken

    /// A secret from 32 bytes of a cryptographic source; `nil` for another count.
    public init?(bytes: [UInt8]) {
        guard let secret = SessionToken(bytes: bytes) else { return nil }
        self.secret = secret
    }

    /// Parses the text form; `nil` for anything else.
    public init?(_ text: String) {
        guard let secret = SessionToken(text) else { return nil }
        self.secret = secret
    }

    /// The secret text: for the address and nothing else.
    public var text: String { secret.text }

    /// Never the secret.
    public var description: String { "HookSecret(...)" }
    /// Never the secret.
    public var debugDescription: String { description }
}
