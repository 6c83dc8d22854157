internal import CArgon2
public import ChatDomain

/// Argon2id (RFC 9106) by the reference library, on threads of its own.
///
/// The default parameters are OWASP's: 19 MiB, two passes, one lane. So many bytes times `threads` is the most memory
/// that hashing takes at a time.
public struct Argon2PasswordHasher: PasswordHasher {
    /// The cost of one hash.
    public struct Cost: Hashable, Sendable {
        /// KiB of memory.
        public let memory: UInt32
        /// Passes over it.
        public let passes: UInt32
        /// Lanes.
        public let lanes: UInt32

        /// A cost.
        public init(memory: UInt32 = 19 * 1_024, passes: UInt32 = 2, lanes: UInt32 = 1) {
            self.memory = memory
            self.passes = passes
            self.lanes = lanes
        }
    }

    private static let saltLength = 16
    private static let hashLength = 32

    private let cost: Cost
    private let random: any RandomSource
    private let threads: WorkerThreads

    /// A hasher with `threads` threads of its own; when more than `waiting` passwords wait, further ones are `busy`.
    public init(
        cost: Cost = Cost(), threads: Int = 2, waiting: Int = 64,
        random: any RandomSource = SystemRandomSource()
    ) {
        self.cost = cost
        self.random = random
        self.threads = WorkerThreads(count: threads, limit: waiting, name: "argon2")
    }

    /// See ``PasswordHasher/hash(_:)``. `unavailable` when the library refuses (no memory).
    public nonisolated(nonsending) func hash(_ password: Password) async throws(ChatError) -> PasswordHash {
        let salt = random.bytes(Self.saltLength)
        let cost = cost
        return try await perform { Self.encode(password, salt: salt, cost: cost) }
    }

    /// See ``PasswordHasher/verify(_:against:)``.
    public nonisolated(nonsending) func verify(
        _ password: Password, against hash: PasswordHash?
    ) async throws(ChatError) -> Bool {
        let cost = cost
        return try await perform {
            guard let hash else {
                let salt = [UInt8](repeating: 0, count: Self.saltLength)
                return Self.encode(password, salt: salt, cost: cost).map { _ in false }
            }
            let code = password.utf8.withUnsafeBytes { bytes in
                argon2id_verify(hash.encoded, bytes.baseAddress, bytes.count)
            }
            switch code {
            case ARGON2_OK.rawValue: return true
            case ARGON2_VERIFY_MISMATCH.rawValue: return false
            default: return nil
            }
        }
    }

    /// See ``PasswordHasher/isOutdated(_:)``.
    public func isOutdated(_ hash: PasswordHash) -> Bool {
        let prefix = "$argon2id$v=19$m=\(cost.memory),t=\(cost.passes),p=\(cost.lanes)$"
        return !hash.encoded.hasPrefix(prefix)
    }

    private nonisolated(nonsending) func perform<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value?
    ) async throws(ChatError) -> Value {
        let threads = threads
        let result: Result<Value, ChatError> = await withCheckedContinuation { continuation in
            let accepted = threads.submit {
                if let value = work() {
                    continuation.resume(returning: .success(value))
                } else {
                    continuation.resume(returning: .failure(.unavailable))
                }
            }
            if !accepted { continuation.resume(returning: .failure(.busy)) }
        }
        return try result.get()
    }

    private static func encode(_ password: Password, salt: [UInt8], cost: Cost) -> PasswordHash? {
        let capacity = argon2_encodedlen(
            cost.passes, cost.memory, cost.lanes, UInt32(salt.count), UInt32(hashLength), Argon2_id)
        var encoded = [CChar](repeating: 0, count: capacity)
        let code = password.utf8.withUnsafeBytes { bytes in
            argon2id_hash_encoded(
                cost.passes, cost.memory, cost.lanes, bytes.baseAddress, bytes.count, salt, salt.count,
                hashLength, &encoded, encoded.count)
        }
        guard code == ARGON2_OK.rawValue else { return nil }
        let text = encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return PasswordHash(encoded: String(decoding: text, as: UTF8.self))
    }
}
