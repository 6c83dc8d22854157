internal import EngineIOProtocol
internal import FoundationEssentials
internal import Logging
internal import NIOCore
internal import SocketIOProtocol
internal import Synchronization

/// What happens on the event loop: joining, leaving, and packets.
extension ClientSocket {
    // MARK: - Wanting to be connected

    func begin(_ waiter: Waiter<Void>) {
        guard !machine.isJoined else {
            waiter.succeed(())
            return
        }
        waiter.setDeadline(
            in: TimeAmount(max(.milliseconds(1), client.configuration.timeout)), on: client.eventLoop,
            error: ClientError.timeout
        ) { self.giveUp(waiter, ClientError.timeout) }
        waiters.append(waiter)
        activate()
    }

    func activate() {
        guard machine.open() else { return }
        client.activate(self)
    }

    /// Somebody does not wait any more. The last one takes a socket with it that never was connected.
    func giveUp(_ waiter: Waiter<Void>, _ error: any Error) {
        guard let index = waiters.firstIndex(where: { $0 === waiter }) else {
            waiter.fail(error)
            return
        }
        waiters.remove(at: index)
        waiter.fail(error)
        if waiters.isEmpty, !isPersistent, !wasConnected { abandon(error) }
    }

    /// Stops wanting to be connected, without having been.
    private func abandon(_ error: any Error) {
        _ = machine.leave()
        dropEverything(error)
        client.deactivate(self)
    }

    private func dropEverything(_ error: any Error) {
        let waiting = offline + retries.takeAll()
        offline = []
        offlineBytes = 0
        early = []
        for event in waiting { event.fail(error) }
    }

    // MARK: - The connection's reports

    func engineOpened() {
        guard machine.engineOpened() else { return }
        joinNumber += 1
        let number = joinNumber
        client.executor.start {
            do {
                let json = try await self.auth.json()
                self.join(number, json)
            } catch {
                self.authFailed(number, error)
            }
        }
    }

    private func join(_ number: Int, _ json: [UInt8]) {
        // The connection may have been lost while the provider thought.
        guard number == joinNumber, machine.isJoining else { return }
        var packet: [UInt8] = []
        PacketEncoder.header(type: .connect, namespace: namespace, to: &packet)
        packet += Auth.payload(json, pid: pid, offset: offset)
        _ = client.send([.text(packet)])
    }

    private func authFailed(_ number: Int, _ error: any Error) {
        guard number == joinNumber, machine.isJoining else { return }
        client.logger.error("no credentials", metadata: ["error": "\(error)"])
        refused(error)
    }

    /// An attempt to connect failed; further ones follow if anybody wants them.
    func attemptFailed(_ error: ClientError) {
        let hadWaiters = failWaiters(error)
        enqueue(.connectError(error))
        if hadWaiters, !isPersistent, !wasConnected { abandon(error) }
    }

    /// No further attempt will be made.
    func givenUp() {
        _ = failWaiters(ClientError.timeout)
        abandon(ClientError.disconnected)
        enqueue(.end)
    }

    @discardableResult
    private func failWaiters(_ error: any Error) -> Bool {
        let all = waiters
        waiters = []
        for waiter in all { waiter.fail(error) }
        return !all.isEmpty
    }

    /// The connection is gone; it will come back.
    func engineClosed(_ reason: ClientDisconnectReason) {
        joinNumber += 1
        early = []
        guard machine.engineClosed() else { return }
        lostConnection(reason)
    }

    private func lostConnection(_ reason: ClientDisconnectReason) {
        snapshot.withLock { $0 = Snapshot() }
        retries.disconnected()
        for event in acks.takeAll() {
            event.retryTimer?.cancel()
            // What the retry queue holds is sent again.
            if event.retryNumber == nil { event.fail(CallError.disconnected) }
        }
        enqueue(.disconnect(reason))
    }

    func disconnectOnLoop() {
        guard machine.isActive else { return }
        joinNumber += 1
        isPersistent = false
        wasConnected = false
        pid = nil
        offset = nil
        failWaiters(ClientError.disconnected)
        if machine.leave() {
            _ = client.send([.text(PacketEncoder.disconnect(namespace: namespace))])
            lostConnection(.clientDisconnect)
        }
        enqueue(.end)
        dropEverything(ClientError.disconnected)
        client.deactivate(self)
    }

    // MARK: - Packets

    func received(_ packet: SocketClient.IncompletePacket) {
        let view = packet.view
        switch machine.received(view.type) {
        case .joined: joined(packet.bytes.slice(view.payload))
        case .refused: refused(Self.connectError(packet.bytes.slice(view.payload)))
        case .deliverEvent:
            guard let event = Self.event(packet) else { return }
            deliver(event)
        case .keepEvent:
            guard let event = Self.event(packet) else { return }
            guard early.count < client.configuration.maxRecoveredEvents else {
                client.fail("too many events before CONNECT")
                return
            }
            early.append(event)
        case .deliverAck:
            guard let id = view.ackID else { return }
            answered(
                id,
                EventArguments(
                    packet: packet.bytes, range: view.arguments, count: view.argumentCount,
                    attachments: packet.attachments))
        case .left:
            isPersistent = false
            wasConnected = false
            lostConnection(.serverDisconnect)
            enqueue(.end)
            dropEverything(ClientError.disconnected)
            client.deactivate(self)
        case .sendDisconnect:
            _ = client.send([.text(PacketEncoder.disconnect(namespace: namespace))])
        case .ignore: break
        case .violation: client.fail("unexpected \(view.type) for \(namespace)")
        }
    }

    private static func event(_ packet: SocketClient.IncompletePacket) -> ClientEvent? {
        guard let event = packet.view.event else { return nil }
        return ClientEvent(
            name: event.name,
            arguments: EventArguments(
                packet: packet.bytes, range: event.arguments, count: event.argumentCount,
                attachments: packet.attachments), ackID: packet.view.ackID)
    }

    private struct Joined: Decodable {
        let sid: String
        let pid: String?
    }

    private struct Refusal: Decodable {
        let message: String
        let data: JSONValue?
    }

    private func joined(_ payload: ByteBuffer) {
        guard let answer = try? JSONDecoder().decode(Joined.self, from: Data(payload.readableBytesView)),
            answer.sid.utf8.count <= 256, answer.pid?.utf8.count ?? 0 <= 256
        else {
            client.fail("a CONNECT without an id: a server of Socket.IO 2?")
            return
        }
        let recovered = pid != nil && pid == answer.pid
        if !recovered { offset = nil }
        pid = answer.pid
        wasConnected = true
        snapshot.withLock { $0 = Snapshot(id: answer.sid, recovered: recovered) }
        enqueue(.connect(recovered: recovered))
        let early = self.early
        self.early = []
        for event in early { deliver(event) }
        for waiter in waiters { waiter.succeed(()) }
        waiters = []
        sendOffline()
        carryOut(retries.connected())
    }

    private static func connectError(_ payload: ByteBuffer) -> ConnectError {
        let data = Data(payload.readableBytesView)
        if let refusal = try? JSONDecoder().decode(Refusal.self, from: data) {
            return refusal.data.map { ConnectError(refusal.message, data: $0) }
                ?? ConnectError(refusal.message)
        }
        // Servers of protocol 4 send a text.
        return ConnectError((try? JSONDecoder().decode(String.self, from: data)) ?? "refused")
    }

    private func refused(_ error: any Error) {
        joinNumber += 1
        let error = error as any Error & Sendable
        failWaiters(error)
        isPersistent = false
        wasConnected = false
        early = []
        enqueue(.connectError(error))
        abandon(error)
    }

    private func deliver(_ event: ClientEvent) {
        if pid != nil, let last = event.arguments.lastText { offset = last }
        enqueue(.event(event))
    }

    func acknowledge(_ id: UInt64, _ answer: EncodedArguments) {
        guard machine.isJoined else { return }
        let text = PacketEncoder.ack(
            namespace: namespace, id: id, argumentsJSON: answer.json,
            attachmentCount: answer.attachments.count)
        if let error = client.sendMessage([.text(text)] + answer.attachments.map { .binary($0) }) {
            client.logger.error("ack not sent", metadata: ["error": "\(error)"])
        }
    }
}
