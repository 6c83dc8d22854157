internal import ChatDomain
internal import Crypto

/// Encrypts what a browser is to be told, so that its push service cannot read it (RFC 8291, with the `aes128gcm` coding of
/// RFC 8188).
enum PushEncryption {
    /// Bytes of a payload at most: what every push service takes.
    static let most = 3_000
    private static let recordSize: UInt32 = 4_096

    /// The body of the request. `salt` has 16 random bytes, `key` is used for this message alone.
    static func body(
        _ payload: [UInt8], for target: PushTarget, salt: [UInt8], key: P256.KeyAgreement.PrivateKey
    ) throws -> [UInt8] {
        let theirs = try P256.KeyAgreement.PublicKey(x963Representation: target.publicKey)
        let ours = Array(key.publicKey.x963Representation)
        let shared = try key.sharedSecretFromKeyAgreement(with: theirs)
        let secret = shared.withUnsafeBytes { SymmetricKey(data: Array($0)) }
        let material = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, salt: target.secret,
            info: Array("WebPush: info\0".utf8) + target.publicKey + ours, outputByteCount: 32)
        let contentKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: material, salt: salt, info: Array("Content-Encoding: aes128gcm\0".utf8),
            outputByteCount: 16)
        let nonce = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: material, salt: salt, info: Array("Content-Encoding: nonce\0".utf8),
            outputByteCount: 12)
        // One record, the last one: 2 is its mark.
        let sealed = try AES.GCM.seal(
            payload + [2], using: contentKey,
            nonce: AES.GCM.Nonce(data: nonce.withUnsafeBytes { Array($0) }))
        let size = withUnsafeBytes(of: recordSize.bigEndian) { Array($0) }
        return salt + size + [UInt8(ours.count)] + ours + Array(sealed.ciphertext) + Array(sealed.tag)
    }
}
