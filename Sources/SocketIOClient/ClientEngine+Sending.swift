internal import EngineIOProtocol
internal import NIOCore
internal import WebSocketProtocol

/// What the transports take away.
extension ClientEngine {
    /// Whether a message would leave now: what volatile events ask for.
    var isWritable: Bool {
        outbox.isEmpty && machine.transport != nil && (webSocket.map(\.isWritable) ?? true)
    }

    /// Sends packets, all or none of them, at the end of the loop's tick.
    ///
    /// - Parameter promise: succeeds when the transport has taken them.
    /// - Returns: why they were not taken.
    func send(_ packets: [OutgoingPacket], promise: EventLoopPromise<Void>?) -> ClientError? {
        guard !machine.isClosed, !isLeaving else { return .disconnected }
        let size = packets.reduce(0) { $0 + $1.byteCount }
        if let maxPayload, packets.contains(where: { $0.byteCount > maxPayload }) { return .packetTooLarge }
        guard outbox.byteCount + size <= configuration.maxOutboxBytes else { return .packetTooLarge }
        outbox.append(packets, promise: promise)
        if !isFlushScheduled {
            isFlushScheduled = true
            eventLoop.execute { self.flush() }
        }
        return nil
    }

    func flush() {
        isFlushScheduled = false
        guard !outbox.isEmpty else { return }
        if machine.writesToWebSocket {
            guard let webSocket, webSocket.isWritable else { return }
            let (packets, promises) = outbox.takeAll()
            webSocket.write(
                packets.map { packet in
                    switch packet {
                    case .text(let bytes): (.text, bytes)
                    case .binary(let bytes): (.binary, bytes)
                    }
                }, promise: joined(promises))
        } else if let polling, machine.beginPost() {
            let (payload, promises) = outbox.takePayload(maxBytes: maxPayload ?? .max)
            let sent = joined(promises)
            polling.post(payload, sid: sid, cookies: owner?.cookies) { result in
                switch result {
                case .failure(let failure):
                    sent?.fail(ClientError.disconnected)
                    self.end(.transportError, what: failure.what)
                case .success:
                    sent?.succeed()
                    let order = self.machine.endPost()
                    if self.isLeaving, self.outbox.isEmpty {
                        self.leave()
                    } else {
                        self.proceed(order)
                    }
                }
            }
        }
    }

    /// One promise for several.
    private func joined(_ promises: [EventLoopPromise<Void>]) -> EventLoopPromise<Void>? {
        guard promises.count > 1 else { return promises.first }
        let all = eventLoop.makePromise(of: Void.self)
        for promise in promises { all.futureResult.cascade(to: promise) }
        return all
    }
}
