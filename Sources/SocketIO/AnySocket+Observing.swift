internal import EngineIO
internal import Logging
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol

/// Counts and logs what happens to a socket. A log names the socket's id, which other clients may know; never the
/// session's id, credentials, headers, arguments or the texts of errors.
extension AnySocket {
    /// What exactly ended the connection, where the reason does not say it. To be asked on the event loop, such as in
    /// the disconnect handler.
    public var disconnectDetail: DisconnectDetail? { connection.detail }

    /// What the socket's event loop counts.
    var meter: LoopMeter { session.meter }

    private var logMetadata: Logger.Metadata { ["socket": "\(id)", "namespace": "\(core.name)"] }

    func noteConnected() {
        meter.count(.connects)
        core.logger.debug("socket connected", metadata: logMetadata)
    }

    func noteDisconnected(_ reason: DisconnectReason) {
        meter.disconnected(reason.description)
        core.logger.debug(
            "socket disconnected",
            metadata: logMetadata.merging(reasonMetadata(reason)) { $1 })
    }

    private func reasonMetadata(_ reason: DisconnectReason) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["reason": "\(reason)"]
        if let detail = connection.detail { metadata["detail"] = "\(detail)" }
        return metadata
    }

    func span(_ kind: SocketSpan.Kind, _ event: String) -> SocketSpan {
        SocketSpan(
            kind: kind, namespace: core.name, event: event, socket: id.description, headers: handshake.headers
        )
    }

    // MARK: - Acks

    func noteCall() { meter.count(.pendingAcks) }

    func noteAnswer() {
        meter.count(.pendingAcks, -1)
        meter.count(.acks)
    }

    func noteCallEnded(_ error: any Error) {
        meter.count(.pendingAcks, -1)
        guard let error = error as? CallError else { return }
        switch error {
        case .timeout: meter.count(.ackTimeouts)
        case .disconnected: meter.count(.lostAcks)
        default: break
        }
    }

    // MARK: - Handlers

    /// Runs the handlers of an event and measures how long they take.
    func measured(
        _ event: IncomingEvent, _ handlers: NamespaceCore.HandlerSnapshot
    ) async -> EncodedArguments? {
        let start = eventLoop.now
        let answer = await core.run(event, on: self, handlers)
        meter.handled(nanoseconds: (eventLoop.now - start).nanoseconds)
        return answer
    }

    /// Counts an error by where it came from. To be called on the loop.
    func noteError(_ context: ErrorContext) {
        switch context {
        case .connecting, .event, .expiring: meter.count(.handlerErrors)
        case .arguments: meter.count(.undecodable)
        // Counted where they happen, once for all sockets of the connection.
        case .rateLimit, .packet: break
        }
    }
}
