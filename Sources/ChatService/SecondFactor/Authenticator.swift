public import ChatDomain

/// What a person's authenticator is to be told.
public struct AuthenticatorSecret: Sendable {
    /// The secret in base32, to type.
    public let secret: String
    /// The same with the names of server and account, to scan (`otpauth://`).
    public let uri: String
}

extension Chat {
    /// Makes a secret for an authenticator: `POST /api/me/totp`. Signing in asks for codes after `confirmTOTP`.
    ///
    /// - Throws: `credentials`; `already` when there is one; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func beginTOTP(
        password: Password, by user: UserID, from source: RequestSource
    ) async throws(ChatError) -> AuthenticatorSecret {
        _ = try await confirm(password, of: user, from: source)
        let secret = random.bytes(TimeCode.secretLength)
        let now = clock.now()
        let (server, username) = try await store.write { store in
            let person = try store.requirePerson(user)
            if try store.totp(of: person.key)?.isConfirmed == true {
                throw ChatError.already("An authenticator is set up already.")
            }
            try store.insertTOTP(of: person.key, secret: secret, at: now)
            return (try store.settings().name, person.account.user.username)
        } committed: { _ in
        }
        let text = Base32.encode(secret)
        let issuer = Self.escaped(server)
        return AuthenticatorSecret(
            secret: text,
            uri: "otpauth://totp/\(issuer):\(Self.escaped(username))?secret=\(text)&issuer=\(issuer)"
                + "&algorithm=SHA1&digits=\(TimeCode.digits)&period=\(TimeCode.stepMilliseconds / 1_000)")
    }

    /// Takes the first code of an authenticator, from when on signing in asks for one: `POST /api/me/totp/confirm`. The
    /// recovery codes; they are not kept anywhere else.
    ///
    /// - Throws: `totp`; `not_found` when no secret waits for it; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func confirmTOTP(
        code: String, by user: UserID, from source: RequestSource
    ) async throws(ChatError) -> [String] {
        let now = clock.now()
        try codeLimiter.admit(user, at: now)
        let codes = SecondFactor.newRecoveryCodes(random)
        try await store.write { store in
            let person = try store.requirePerson(user)
            guard let totp = try store.totp(of: person.key), !totp.isConfirmed else {
                throw ChatError(
                    code: .notFound, message: "No authenticator waits to be confirmed.", retryable: false)
            }
            guard try SecondFactor.use(code, of: person.key, totp, at: now, in: store) == .code else {
                throw ChatError.wrongTOTP
            }
            try store.replaceRecoveryCodes(of: person.key, hashes: codes.map { SecondFactor.hash(of: $0) })
            try store.note(.totpOn, by: user, from: source, target: user.description, at: now)
        } committed: { _ in
        }
        codeLimiter.forget(user)
        return codes
    }

    /// Makes new recovery codes in place of the old ones: `POST /api/me/totp/recovery`.
    ///
    /// - Throws: `credentials`; `totp`; `not_found` when there is no authenticator; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func renewRecoveryCodes(
        password: Password, code: String, by user: UserID, from source: RequestSource
    ) async throws(ChatError) -> [String] {
        let codes = SecondFactor.newRecoveryCodes(random)
        try await withFactor(password: password, code: code, by: user, from: source) { store, person, now in
            try store.replaceRecoveryCodes(of: person.key, hashes: codes.map { SecondFactor.hash(of: $0) })
            try store.note(.recoveryCodes, by: user, from: source, target: user.description, at: now)
        }
        return codes
    }

    /// Signs in without codes from now on: `DELETE /api/me/totp`.
    ///
    /// - Throws: `credentials`; `totp`; `not_found` when there is no authenticator; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func endTOTP(
        password: Password, code: String, by user: UserID, from source: RequestSource
    ) async throws(ChatError) {
        try await withFactor(password: password, code: code, by: user, from: source) { store, person, now in
            _ = try store.deleteTOTP(of: person.key)
            try store.note(.totpOff, by: user, from: source, target: user.description, at: now)
        }
    }

    /// Does what needs both factors, in the transaction that uses up the code.
    private nonisolated(nonsending) func withFactor(
        password: Password, code: String, by user: UserID, from source: RequestSource,
        _ work: @escaping @Sendable (any StoreWriting, PersonRecord, Timestamp) throws -> Void
    ) async throws(ChatError) {
        _ = try await confirm(password, of: user, from: source)
        let now = clock.now()
        try codeLimiter.admit(user, at: now)
        try await store.write { store in
            let person = try store.requirePerson(user)
            guard let totp = try store.totp(of: person.key), totp.isConfirmed else {
                throw ChatError(code: .notFound, message: "There is no authenticator.", retryable: false)
            }
            guard try SecondFactor.use(code, of: person.key, totp, at: now, in: store) != nil else {
                throw ChatError.wrongTOTP
            }
            try work(store, person, now)
        } committed: { _ in
        }
        codeLimiter.forget(user)
    }

    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                escaped.append(byte)
            default: escaped += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
