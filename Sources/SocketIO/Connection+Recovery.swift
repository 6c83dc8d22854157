internal import EngineIO
internal import NIOCore
internal import SocketIOCore

/// A client that was let in.
struct Admitted {
    let socket: AnySocket
    /// The session that is to go on in it; nil for a new one.
    let claim: RecoveryClaim?
}

/// Clients that say that they were here before.
extension Connection {
    /// Which session a client wants to go on with; nil when none, or recovery is off.
    func claim(_ handshake: Handshake, _ core: NamespaceCore) -> RecoveryClaim? {
        guard !isV2Client, let recovery = core.recovery else { return nil }
        switch RecoveryRequest(handshake) {
        case .none: return nil
        case .claim(let claim): return claim
        case .malformed:
            recovery.countMalformed()
            return nil
        }
    }

    /// Makes the socket of before without asking anybody, if the settings say so.
    ///
    /// - Returns: nil when the client has to be judged.
    func restore(
        _ handshake: Handshake, _ core: NamespaceCore, _ claim: RecoveryClaim
    ) async -> Admitted? {
        guard let recovery = core.recovery, !recovery.settings.rerunAuthentication,
            case .away(let session) = await takeOver(core, claim, recovery)
        else { return nil }
        return Admitted(socket: session.state(handshake, self, session.id), claim: claim)
    }

    /// Makes the socket of a client that was authenticated, and asks the middleware: one that comes back has
    /// the id of before. Should its session go meanwhile, going on with it fails, and all begins anew.
    func makeSocket(
        _ make: NamespaceCore.SocketMaker, _ core: NamespaceCore, _ claim: RecoveryClaim?
    ) async throws -> Admitted {
        var known: SocketID?
        if let claim, let recovery = core.recovery, recovery.settings.rerunAuthentication {
            switch recovery.find(claim) {
            case .nothing: break
            case .live(let live): known = live.id
            case .away(let session): known = session.id
            }
        }
        let socket = make(core, self, known ?? SocketID(makeSocketID(namespace: core.name)))
        try await core.runAdmission(socket)
        guard let claim, known != nil, let recovery = core.recovery else {
            return Admitted(socket: socket, claim: nil)
        }
        _ = await takeOver(core, claim, recovery)
        return Admitted(socket: socket, claim: claim)
    }

    /// Ends the socket of the session, if it still looks alive.
    ///
    /// - Returns: what is found then.
    private func takeOver(
        _ core: NamespaceCore, _ claim: RecoveryClaim, _ recovery: NamespaceRecovery
    ) async -> NamespaceRecovery.Store.Found {
        let found = recovery.find(claim)
        guard case .live(let live) = found else { return found }
        let shard = core.shards[live.place]
        // A loop that is gone has no sockets.
        try? await shard.eventLoop.submit { shard.endForTakeover(live.id) }.get()
        recovery.countTakeover()
        return recovery.find(claim)
    }
}
