public import ChatDomain

/// The secret that a person's authenticator makes codes from.
public struct TOTPRecord: Hashable, Sendable {
    /// The shared secret.
    public let secret: [UInt8]
    /// Whether the person has shown that the authenticator has it. Codes are asked for only then.
    public let isConfirmed: Bool
    /// The newest step whose code was used: neither it nor an earlier one opens anything again.
    public let lastStep: Int64

    /// A record.
    public init(secret: [UInt8], isConfirmed: Bool, lastStep: Int64) {
        self.secret = secret
        self.isConfirmed = isConfirmed
        self.lastStep = lastStep
    }
}

/// Authenticators and recovery codes, to read.
public protocol TOTPReading {
    /// The person's authenticator, confirmed or not.
    func totp(of user: UserKey) throws -> TOTPRecord?
}

/// Authenticators and recovery codes, to write.
public protocol TOTPWriting {
    /// Keeps a secret that is still to be confirmed, in place of an earlier one of that kind.
    func insertTOTP(of user: UserKey, secret: [UInt8], at now: Timestamp) throws
    /// Records that the code of `step` was used, which confirms the secret too.
    func useTOTP(of user: UserKey, step: Int64) throws
    /// Forgets the authenticator and the recovery codes; whether there was a confirmed one.
    func deleteTOTP(of user: UserKey) throws -> Bool
    /// Keeps the SHA-256 of new recovery codes in place of the earlier ones.
    func replaceRecoveryCodes(of user: UserKey, hashes: [[UInt8]]) throws
    /// Uses up the recovery code; `false` when there is no such code.
    func useRecoveryCode(of user: UserKey, hash: [UInt8]) throws -> Bool
}
