internal import ChatDomain
internal import Crypto

/// The hashes that stand in the store in place of secrets and contents.
enum Digest {
    /// What is stored of a session token.
    static func of(_ token: SessionToken) -> [UInt8] {
        Array(SHA256.hash(data: token.bytes))
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
