internal import EngineIOProtocol
internal import Logging
internal import NIOCore
internal import SocketIOProtocol
internal import Synchronization

/// Events out, their acks, and what waits for the connection. All on the event loop.
extension ClientSocket {
    /// Sends, keeps or drops an event.
    func emitOnLoop(_ event: OutgoingEvent) -> Bool {
        if event.isVolatile {
            guard machine.isJoined, let engine = client.engine, engine.isWritable, !engine.endIfExpired()
            else {
                return false
            }
            return sendNow(event)
        }
        guard client.configuration.retries == 0 else {
            guard let order = retries.add(event) else { return refuse(event, ClientError.offlineBufferFull) }
            carryOut(order)
            return true
        }
        return sendOrKeep(event)
    }

    func beginCall(_ event: OutgoingEvent) {
        guard client.configuration.retries == 0 else {
            _ = emitOnLoop(event)
            return
        }
        event.answer?.setDeadline(
            in: timeout(of: event), on: client.eventLoop, error: CallError.timeout
        ) { [weak self] in self?.forget(event, CallError.timeout) }
        _ = sendOrKeep(event)
    }

    private func timeout(of event: OutgoingEvent) -> TimeAmount {
        event.ackTimeout ?? TimeAmount(max(.milliseconds(1), client.configuration.ackTimeout))
    }

    private func sendOrKeep(_ event: OutgoingEvent) -> Bool {
        // After a sleep of the machine the connection may be dead though nobody has noticed yet.
        if machine.isJoined, client.engine?.endIfExpired() == false { return sendNow(event) }
        let size = event.byteCount
        guard offline.count < client.configuration.maxOfflinePackets,
            offlineBytes + size <= client.configuration.maxOfflineBytes
        else { return refuse(event, ClientError.offlineBufferFull) }
        offline.append(event)
        offlineBytes += size
        return true
    }

    private func refuse(_ event: OutgoingEvent, _ error: ClientError) -> Bool {
        client.logger.error("event not sent", metadata: ["event": "\(event.name)", "error": "\(error)"])
        event.fail(error)
        return false
    }

    private func sendNow(_ event: OutgoingEvent) -> Bool {
        event.ackID = nil
        if event.answer != nil || event.retryNumber != nil {
            guard let id = acks.insert(event) else {
                event.fail(CallError.tooManyPending)
                return false
            }
            event.ackID = id
        }
        for handler in handlers.withLock({ $0.anyOutgoing }) { handler(event.name, event.arguments) }
        let promise = event.written.map { written in
            let promise = client.eventLoop.makePromise(of: Void.self)
            promise.futureResult.assumeIsolated().whenComplete { result in
                switch result {
                case .success: written.succeed(())
                // What the system says of a connection that broke is that it is gone.
                case .failure(let error): written.fail(error as? ClientError ?? ClientError.disconnected)
                }
            }
            return promise
        }
        guard let error = client.sendMessage(event.packets(namespace: namespace), promise: promise) else {
            return true
        }
        promise?.fail(error)
        if let id = event.ackID { _ = acks.take(id) }
        return refuse(event, error)
    }

    func sendOffline() {
        let waiting = offline
        offline = []
        offlineBytes = 0
        for event in waiting where event.answer?.isDone != true { _ = sendNow(event) }
    }

    /// Nobody waits for the answer any more.
    func forget(_ event: OutgoingEvent, _ error: any Error) {
        if let id = event.ackID { _ = acks.take(id) }
        if let index = offline.firstIndex(where: { $0 === event }) {
            offlineBytes -= event.byteCount
            offline.remove(at: index)
        }
        event.answer?.fail(error)
    }

    func answered(_ id: UInt64, _ arguments: EventArguments) {
        // An id that nobody waits for is a late, repeated or invented ack: the reference ignores those.
        guard let event = acks.take(id) else { return }
        event.answer?.succeed(arguments)
        guard let number = event.retryNumber else { return }
        event.retryTimer?.cancel()
        let (done, order) = retries.acknowledged(number)
        done?.written?.succeed(())
        carryOut(order)
    }

    // MARK: - Retries

    func carryOut(_ order: RetryQueue<OutgoingEvent>.Order) {
        var next = order
        while case .send(let event, let number) = next {
            event.retryNumber = number
            event.retryTimer = client.eventLoop.scheduleTask(in: timeout(of: event)) { [weak self] in
                self?.retryTimedOut(event, number)
            }
            if sendNow(event) { return }
            // A packet that is too large will not become smaller: it has failed, and the next one goes.
            event.retryTimer?.cancel()
            next = retries.acknowledged(number).1
        }
    }

    private func retryTimedOut(_ event: OutgoingEvent, _ number: UInt64) {
        if let id = event.ackID { _ = acks.take(id) }
        let (givenUp, order) = retries.timedOut(number)
        if let givenUp {
            client.logger.error("event given up", metadata: ["event": "\(givenUp.name)"])
            givenUp.fail(CallError.timeout)
        }
        carryOut(order)
    }
}
