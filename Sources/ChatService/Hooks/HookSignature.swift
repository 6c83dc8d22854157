public import ChatDomain
internal import Crypto

/// How the receiver of an outgoing webhook knows who posted: `X-Parley-Signature: t=<seconds>,v1=<hexadecimal HMAC>`.
public enum HookSignature {
    /// The value of the header for a body that is sent at this moment: the HMAC-SHA256 of `<seconds>.<body>`.
    public static func value(of body: [UInt8], key: [UInt8], at now: Timestamp) -> String {
        let seconds = now.milliseconds / 1_000
        var code = HMAC<SHA256>(key: SymmetricKey(data: key))
        code.update(data: Array("\(seconds).".utf8))
        code.update(data: body)
        let digits = code.finalize().map { byte in
            String(byte >> 4, radix: 16) + String(byte & 0xF, radix: 16)
        }
        return "t=\(seconds),v1=\(digits.joined())"
    }
}
