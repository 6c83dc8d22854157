/// The secret of a bot: `pbt_` and 64 lower-case hexadecimal characters (256 random bits). The server keeps its
/// SHA-256 only.
public struct BotToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    private static let prefix = "pbt_"
    private let secret: SessionToken

    /// A token from 32 bytes of a cryptographic source; `nil` for another count.
    public init?(bytes: [UInt8]) {
        guard let secret = SessionToken(bytes: bytes) else { return nil }
        self.secret = secret
    }

    /// Parses the text form; `nil` for anything else.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let secret = SessionToken(String(text.dropFirst(4))) else {
            return nil
        }
        self.secret = secret
    }

    /// The secret text: for the bot's owner and nothing else.
    public var text: String { Self.prefix + secret.text }

    /// Never the secret.
    public var description: String { "BotToken(...)" }
    /// Never the secret.
    public var debugDescription: String { description }
}
