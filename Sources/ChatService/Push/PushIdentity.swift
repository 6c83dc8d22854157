internal import ChatDomain
internal import Crypto
internal import FoundationEssentials

/// Who this server is to push services (RFC 8292): a key of its own, made at the first start and kept in the database.
struct PushIdentity: Sendable {
    private let key: P256.Signing.PrivateKey

    init() { key = P256.Signing.PrivateKey() }

    /// From what is stored; nil for anything else.
    init?(stored: [UInt8]) {
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: stored) else { return nil }
        self.key = key
    }

    var stored: [UInt8] { Array(key.rawRepresentation) }

    /// The public key, as browsers want it to subscribe.
    var publicKey: String { Base64URL.text(of: Array(key.publicKey.x963Representation)) }

    /// The field `Authorization` of a request to the push service at this address: a token for twelve hours.
    func authorization(for endpoint: WebURL, contact: String, at now: Timestamp) throws -> String {
        let parts = endpoint.text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        let origin = parts.prefix(3).joined(separator: "/")
        let claims = Claims(aud: origin, exp: now.milliseconds / 1_000 + 43_200, sub: contact)
        let head = Base64URL.text(of: Array(#"{"typ":"JWT","alg":"ES256"}"#.utf8))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let signed = head + "." + Base64URL.text(of: Array(try encoder.encode(claims)))
        let signature = try key.signature(for: Array(signed.utf8))
        let token = signed + "." + Base64URL.text(of: Array(signature.rawRepresentation))
        return "vapid t=\(token), k=\(publicKey)"
    }

    private struct Claims: Encodable {
        let aud: String
        let exp: Int64
        let sub: String
    }
}
