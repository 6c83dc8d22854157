public import ChatDomain

/// Turns passwords into hashes and compares them, off the caller's thread.
public protocol PasswordHasher: Sendable {
    /// The hash of a password with a fresh salt. Throws `busy` when too many are waiting.
    nonisolated(nonsending) func hash(_ password: Password) async throws(ChatError) -> PasswordHash

    /// Whether the password belongs to the hash. With `nil` (nobody has this username) it does the same work and
    /// answers `false`, so that time does not tell who exists. Throws `busy` when too many are waiting.
    nonisolated(nonsending) func verify(
        _ password: Password, against hash: PasswordHash?
    ) async throws(ChatError) -> Bool

    /// Whether the hash was made with other parameters than today's and is to be replaced at the next sign-in.
    func isOutdated(_ hash: PasswordHash) -> Bool
}
