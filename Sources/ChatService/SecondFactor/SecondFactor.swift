internal import ChatDomain
internal import Crypto

/// What shows, beside the password, that somebody is who they say: a code of their authenticator, or a recovery code.
enum SecondFactor {
    /// Which of the two it was.
    enum Proof: Hashable, Sendable {
        case code
        case recovery
    }

    /// How many recovery codes a person gets.
    static let recoveryCodes = 10

    /// Uses up a code; nil when it is wrong, too old or was used before.
    static func use(
        _ text: String, of user: UserKey, _ totp: TOTPRecord, at now: Timestamp, in store: any StoreWriting
    ) throws -> Proof? {
        let code = normalized(text)
        if code.utf8.count == TimeCode.digits, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            let step = TimeCode.match(code, secret: totp.secret, after: totp.lastStep, at: now)
            guard let step else { return nil }
            try store.useTOTP(of: user, step: step)
            return .code
        }
        return try store.useRecoveryCode(of: user, hash: hash(of: code)) ? .recovery : nil
    }

    /// New recovery codes: 80 random bits each, as four groups of four characters.
    static func newRecoveryCodes(_ random: any RandomSource) -> [String] {
        (0..<recoveryCodes).map { _ in
            let text = Array(Base32.encode(random.bytes(10)).lowercased())
            return stride(from: 0, to: text.count, by: 4).map { String(text[$0..<min($0 + 4, text.count)]) }
                .joined(separator: "-")
        }
    }

    /// What is kept of a recovery code. A plain hash suffices: 80 random bits are not guessed.
    static func hash(of code: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(normalized(code).utf8)))
    }

    /// The code without what people put between its parts.
    private static func normalized(_ text: String) -> String {
        String(text.lowercased().unicodeScalars.prefix(64).filter { $0 != " " && $0 != "-" })
    }
}
