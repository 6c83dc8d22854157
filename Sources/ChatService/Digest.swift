internal import ChatDomain
internal import Crypto

/// The hashes that stand in the store in place of secrets and contents.
enum Digest {
    /// What is stored of a session token.
    static func of(_ token: SessionToken) -> [UInt8] {
        Array(SHA256.hash(data: token.bytes))
    }

    /// What is stored of a bot's token. The prefix is hashed too: a token without it is no session's.
    static func of(_ token: BotToken) -> [UInt8] {
        Array(SHA256.hash(data: Array(token.text.utf8)))
    }

    /// What is stored of the secret of an incoming webhook.
    static func of(_ secret: HookSecret) -> [UInt8] {
        Array(SHA256.hash(data: Array(secret.text.utf8)))
    }

    /// What finds the row of a secret: the first bytes of its hash.
    static func tag(of hash: [UInt8]) -> Int64 {
        hash.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }

    /// A UUID (version 8 of RFC 9562) that a text stands for, as far as 122 bits of its SHA-256 can tell.
    static func uuid(of text: String) -> UInt128 {
        let hash = SHA256.hash(data: Array(text.utf8)).prefix(16)
        let bits = hash.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        let version = UInt128(0x8) << 76, variant = UInt128(0b10) << 62
        return bits & ~(UInt128(0xF) << 76 | UInt128(0b11) << 62) | version | variant
    }

    /// Whether two hashes are the same, in a time that does not tell where they differ.
    static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | $1.0 ^ $1.1 } == 0
    }

    /// What is stored of an invitation code.
    static func of(_ code: InviteCode) -> [UInt8] {
        Array(SHA256.hash(data: Array(code.text.utf8)))
    }

    /// What is stored of a link that sets a password.
    static func of(_ code: ResetCode) -> [UInt8] {
        Array(SHA256.hash(data: Array(code.text.utf8)))
    }

    /// The first eight bytes of a text's SHA-256: enough to notice a client that uses a `cid` or `mid` twice.
    static func fingerprint(of text: String) -> Int64 {
        var text = text
        let hash = text.withUTF8 { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
        return hash.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }
}
