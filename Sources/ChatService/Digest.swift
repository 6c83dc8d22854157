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

    /// The first eight bytes of a SHA-256 over a body and the files with it: enough to notice a client that uses a `cid`
    /// twice.
    static func fingerprint(of body: MessageBody, files: [FileID]) -> Int64 {
        var hasher = SHA256()
        hasher.update(data: Array(body.text.utf8))
        for file in files { hasher.update(data: Array("\u{0}\(file)".utf8)) }
        return hasher.finalize().prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }
}
