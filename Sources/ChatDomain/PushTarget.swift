/// Where a browser is reached while its page is closed: the address of its push service, and its keys (RFC 8291).
public struct PushTarget: Hashable, Sendable {
    /// The address; whoever knows it can send, but nothing that the browser can read.
    public let endpoint: WebURL
    /// The browser's public key: an uncompressed point of P-256.
    public let publicKey: [UInt8]
    /// The secret that only the browser and this server share.
    public let secret: [UInt8]

    /// Checks what a browser said. Throws `InvalidValue` of the field `push subscription`.
    public init(endpoint: WebURL, publicKey: [UInt8], secret: [UInt8]) throws(InvalidValue) {
        guard endpoint.text.lowercased().hasPrefix("https://"), publicKey.count == 65, publicKey[0] == 4,
            secret.count == 16
        else { throw InvalidValue(.push, .malformed) }
        self.endpoint = endpoint
        self.publicKey = publicKey
        self.secret = secret
    }
}
