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
        guard let recovery = core.recovery, !mustJudge(core, recovery),
            case .away(let session) = await takeOver(core, claim, recovery)
        else { return nil }
        return Admitted(socket: session.state.make(handshake, self, session.id), claim: claim)
    }

    /// Whether who comes back is authenticated as if new. Who wants to compare needs both states.
    private func mustJudge(_ core: NamespaceCore, _ recovery: NamespaceRecovery) -> Bool {
        recovery.settings.rerunAuthentication || core.current.all.recovers != nil
    }

    /// Makes the socket of a client that was authenticated, and asks the middleware: one that comes back has
    /// the id of before. Should its session go meanwhile, going on with it fails, and all begins anew.
    func makeSocket(
        _ make: NamespaceCore.SocketMaker, _ core: NamespaceCore, _ claim: RecoveryClaim?
    ) async throws -> Admitted {
        guard let claim, let recovery = core.recovery, mustJudge(core, recovery),
            let former = await former(core, claim, recovery)
        else { return try await makeNewSocket(make, core) }
        let socket = make(core, self, former.id)
        if let isSame = core.current.all.recovers, !isSame(former.memory, socket) {
            recovery.refuse(claim)
            return try await makeNewSocket(make, core)
        }
        socket.restoreData(former.memory.dataJSON)
        try await core.runAdmission(socket)
        _ = await takeOver(core, claim, recovery)
        return Admitted(socket: socket, claim: claim)
    }

    private func makeNewSocket(
        _ make: NamespaceCore.SocketMaker, _ core: NamespaceCore
    ) async throws -> Admitted {
        let socket = make(core, self, SocketID(makeSocketID(namespace: core.name)))
        try await core.runAdmission(socket)
        return Admitted(socket: socket, claim: nil)
    }

    /// The socket that a client says was its own; nil when there is none any more.
    private func former(
        _ core: NamespaceCore, _ claim: RecoveryClaim, _ recovery: NamespaceRecovery
    ) async -> (id: SocketID, memory: SocketMemory)? {
        var found = recovery.find(claim)
        if case .live(let live) = found {
            let shard = core.shards[live.place]
            // A loop that is gone has no sockets.
            if let memory = try? await shard.eventLoop.submit({ shard.memoryOfLive(live.id) }).get() {
                return (live.id, memory)
            }
            // It has ended meanwhile; its session may wait.
            found = recovery.find(claim)
        }
        guard case .away(let session) = found else { return nil }
        return (session.id, session.state)
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
