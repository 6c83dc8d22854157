public import ChatDomain

extension Chat {
    /// Begins a session: `POST /api/signin`. `code` is what an authenticator shows, or a recovery code.
    ///
    /// The answer and the work are the same for an unknown username and a wrong password. That an account is closed, or
    /// asks for a code, is told only to who knows its password.
    ///
    /// - Throws: `credentials`; `totp_required` and `totp`; `banned`, `deactivated`; `rate` with `after` when this
    ///   account or address tried too often; `busy`; `unavailable`.
    public nonisolated(nonsending) func signIn(
        username: Username, password: Password, code: String? = nil, from source: RequestSource
    ) async throws(ChatError) -> SignedIn {
        try attemptLimiter.admit(username, from: source.address, at: clock.now())
        let credential = try await store.read { store in
            try store.credential(of: username).map { found in
                Credential(person: found.person, hash: found.hash, totp: try store.totp(of: found.person.key))
            }
        }
        guard try await hasher.verify(password, against: credential?.hash), let credential else {
            try await noteFailure(.wrongCredentials, of: credential?.person, from: source)
            throw .wrongCredentials
        }
        if let refusal = credential.refusal {
            try await noteFailure(refusal, of: credential.person, from: source)
            throw refusal
        }
        if credential.totp?.isConfirmed == true {
            // Giving back does not clear the account: who knows the password cannot buy guesses with it.
            guard let code, !code.isEmpty else {
                attemptLimiter.giveBack(username, from: source.address)
                throw .totpRequired
            }
            try codeLimiter.admit(credential.person.account.user.id, at: clock.now())
        }
        let signedIn = try await begin(credential, password: password, code: code, from: source)
        attemptLimiter.succeeded(username, from: source.address)
        codeLimiter.forget(credential.person.account.user.id)
        return signedIn
    }

    private nonisolated(nonsending) func begin(
        _ credential: Credential, password: Password, code: String?, from source: RequestSource
    ) async throws(ChatError) -> SignedIn {
        var newHash: PasswordHash?
        if hasher.isOutdated(credential.hash) {
            newHash = try await hasher.hash(password)
        }
        let replacement = newHash
        let now = clock.now()
        let session = try NewSession(self, from: source, at: now)
        let signedIn = try await store.write { store -> SignedIn? in
            // Anew, because the hashing took its time: the password or the state may have changed meanwhile.
            guard let person = try store.person(credential.person.account.user.id),
                try store.passwordHash(of: person.key) == credential.hash
            else { throw ChatError.wrongCredentials }
            let id = person.account.user.id
            if let totp = try store.totp(of: person.key), totp.isConfirmed {
                guard
                    let proof = try SecondFactor.use(
                        code ?? "", of: person.key, totp, at: now, in: store)
                else {
                    try store.note(
                        .signInFailed, by: nil, from: source, target: id.description,
                        data: ["code": ChatError.Code.totp.rawValue], at: now)
                    return nil
                }
                if proof == .recovery {
                    try store.note(.recoveryUsed, by: id, from: source, target: id.description, at: now)
                }
            }
            if let replacement { try store.replacePassword(of: person.key, with: replacement) }
            try store.note(.signIn, by: id, from: source, target: session.id.description, at: now)
            return try session.insert(for: person, in: store)
        } committed: { _ in
        }
        guard let signedIn else { throw .wrongTOTP }
        return signedIn
    }

    /// Notes an attempt that failed. A name that nobody has is not written down: people type passwords there.
    private nonisolated(nonsending) func noteFailure(
        _ error: ChatError, of person: PersonRecord?, from source: RequestSource
    ) async throws(ChatError) {
        let now = clock.now()
        try await store.write { store in
            try store.note(
                .signInFailed, by: nil, from: source, target: person?.account.user.id.description,
                data: ["code": error.code.rawValue], at: now)
        } committed: { _ in
        }
    }
}

private struct Credential: Sendable {
    let person: PersonRecord
    let hash: PasswordHash
    let totp: TOTPRecord?

    /// Why the account cannot be used; nil when it can.
    var refusal: ChatError? {
        switch person.account.user.state {
        case .active: nil
        case .banned: .accountBanned
        case .deactivated: .accountDeactivated
        }
    }
}
