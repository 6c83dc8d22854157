internal import EngineIO
internal import Logging
internal import SocketIOCore
internal import SocketIOProtocol

/// A client that wants to join a namespace, from its CONNECT to the answer.
extension Connection {
    func authenticate(_ name: String, auth: [UInt8]) {
        let resolution = server.registry.resolve(name)
        if case .unknown = resolution {
            refuse(name, ConnectError.invalidNamespace)
            return
        }
        let handshake = Handshake(
            namespace: name, authJSON: auth.isEmpty ? Array("{}".utf8) : auth, request: session.request,
            issued: configuration.now, coding: configuration.json)
        judge(handshake, resolution, mayRecover: true)
    }

    private func judge(
        _ handshake: Handshake, _ resolution: NamespaceRegistry.Resolution, mayRecover: Bool
    ) {
        HandlerTask.start(on: server.executors[session.loopIndex]) {
            do {
                let admitted = try await self.traced(handshake) {
                    try await self.server.admit(handshake, to: resolution, self, mayRecover: mayRecover)
                }
                guard let admitted else { throw ConnectError.invalidNamespace }
                self.accept(admitted.socket, handshake, admitted.claim)
            } catch {
                self.refuse(handshake.namespace, error)
            }
        }
    }

    private func accept(_ socket: AnySocket, _ handshake: Handshake, _ claim: RecoveryClaim?) {
        let name = handshake.namespace
        // The namespace may have been taken away while the client was being judged.
        guard !socket.core.isRetired else {
            refuse(name, ConnectError.invalidNamespace)
            return
        }
        // A session that waits must not be taken for a connection that is gone.
        guard !hasClosed else {
            server.registry.release(socket.core)
            return
        }
        guard let claim, let recovery = socket.core.recovery else {
            let pid = socket.core.recovery == nil ? nil : session.makeID()
            guard confirm(socket, name, pid: pid) else { return }
            socket.connected(pid: pid)
            return
        }
        guard let missed = socket.shard.resume(socket, claim, recovery) else {
            judge(handshake, .existing(socket.core), mayRecover: false)
            return
        }
        // As in the reference, what was missed comes before the answer to the CONNECT.
        for event in missed {
            session.send(event.messages(of: socket.core), options: event.options.sendOptions)
        }
        _ = confirm(socket, name, pid: claim.pid)
        socket.connectedAgain()
    }

    /// Tells the client that it has joined.
    private func confirm(_ socket: AnySocket, _ name: String, pid: String?) -> Bool {
        guard enter(socket, name) else {
            server.registry.release(socket.core)
            return false
        }
        send(
            isV2Client
                ? PacketEncoder.connectV4(namespace: name)
                : PacketEncoder.connect(namespace: name, sid: socket.id.description, pid: pid))
        return true
    }

    private func refuse(_ name: String, _ error: any Error) {
        noteRefusal(name)
        session.meter.count(.refusedConnects)
        let refusal = error as? ConnectError ?? ConnectError("Internal server error")
        if !(error is ConnectError) {
            server.logger.warning(
                "a socket was refused by an error", metadata: ["error": "\(type(of: error))"])
        }
        // That a namespace is unknown is said in the same way to everybody, as the reference does.
        let isShort = isV2Client && refusal != .invalidNamespace
        let encode = isShort ? PacketEncoder.connectErrorV4 : PacketEncoder.connectError
        send(encode(name, refusal.message, refusal.dataJSON, true))
    }

    /// A socket has gone from its namespace.
    func release(_ core: NamespaceCore) { server.registry.release(core) }

    func makeSocketID(namespace: String) -> String {
        guard isV2Client, configuration.v2SocketIDs == .sessionID else { return session.makeID() }
        return namespace == "/" ? session.id : "\(namespace)#\(session.id)"
    }
}
