internal import ChatDomain
internal import Crypto

/// Codes of an authenticator: TOTP (RFC 6238) with HMAC-SHA-1, six digits and steps of 30 seconds, which is what every
/// authenticator knows.
enum TimeCode {
    static let secretLength = 20
    static let digits = 6
    static let stepMilliseconds: Int64 = 30_000
    /// Codes of so many steps before and after the present one are right too: clocks differ, and people type slowly.
    static let slack: Int64 = 1

    static func step(at now: Timestamp) -> Int64 { now.milliseconds / stepMilliseconds }

    /// The code of a step.
    static func code(secret: [UInt8], step: Int64, digits: Int = digits) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - $0 * 8)) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        // RFC 4226, section 5.3: the last four bits say where the 31 bits of the number begin.
        let offset = Int((mac.last ?? 0) & 0xF)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number)
        let wide = String(repeating: "0", count: max(0, digits - text.count)) + text
        return String(wide.suffix(digits))
    }

    /// The step whose code this is, among those near `now` that come after `lastStep`.
    static func match(_ code: String, secret: [UInt8], after lastStep: Int64, at now: Timestamp) -> Int64? {
        let present = step(at: now)
        var found: Int64?
        // Every step is compared, and every digit, whatever matched before.
        for step in (present - slack)...(present + slack)
        where isEqual(Self.code(secret: secret, step: step), code) && step > lastStep {
            found = step
        }
        return found
    }

    private static func isEqual(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
