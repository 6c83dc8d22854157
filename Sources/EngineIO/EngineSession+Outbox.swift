internal import EngineIOProtocol
public import NIOCore
internal import WebSocketProtocol

/// Slow clients: who waits for them, what they do not get, when they are given up.
extension EngineSession {
    /// What waits for the client now. To be asked on the session's loop.
    public var outboxStatistics: OutboxStatistics {
        OutboxStatistics(
            queuedBytes: outbox.byteCount, queuedPackets: outbox.count, droppedPackets: Int(droppedPackets))
    }

    /// Succeeds when the client can take more: at once while no more than the high watermark waits, else when
    /// what waits has fallen to the low one. Fails when the session ends before.
    public func whenWritable(_ promise: EventLoopPromise<Void>) {
        loop.run {
            if !self.machine.isOpen {
                promise.fail(ChannelError.ioOnClosedChannel)
            } else if self.outbox.byteCount <= self.server.configuration.outbox.highWatermark {
                promise.succeed()
            } else {
                self.room.append(promise)
            }
        }
    }

    /// Lets those go on who wait for room, when there is some.
    func releaseSenders() {
        guard !room.isEmpty, outbox.byteCount <= server.configuration.outbox.lowWatermark else { return }
        let waiters = room
        room = []
        for waiter in waiters { waiter.succeed() }
    }

    func failSenders() {
        let waiters = room
        room = []
        for waiter in waiters { waiter.fail(ChannelError.ioOnClosedChannel) }
    }

    func dropped() {
        droppedPackets &+= 1
        meter.count(.volatileDropped)
    }

    /// Whether the outbox is within its limits, perhaps after dropping what may be dropped.
    func outboxFits() -> Bool {
        // Field by field: the whole configuration is too large to be copied for a packet.
        while outbox.byteCount > server.configuration.maxOutboxBytes
            || outbox.count > server.configuration.maxOutboxPackets
        {
            guard server.configuration.outbox.overflow == .dropVolatile, outbox.dropOldestVolatile() else {
                return false
            }
            dropped()
        }
        return true
    }

    // MARK: - Standstill

    /// The WebSocket takes nothing: from now on its progress is watched.
    func watchProgress() {
        guard stall == nil else { return }
        let patience = server.configuration.outbox.maxStalled.milliseconds
        let (deadline, overflow) = loop.now.addingReportingOverflow(max(1, patience))
        stall = Stall(
            deadline: overflow ? .max : deadline, buffered: webSocket?.bufferedBytes ?? .max)
        armTimer()
    }

    /// The deadline of a standstill came: did anything move?
    ///
    /// - Returns: false when the session was given up.
    func checkProgress(now: Int64) -> Bool {
        guard let stall, stall.deadline <= now else { return true }
        self.stall = nil
        guard let webSocket, !webSocket.isWritable else { return true }
        // On another loop only the whole way to writable can be seen.
        if let buffered = webSocket.bufferedBytes, buffered < stall.buffered {
            watchProgress()
            return true
        }
        end(.slowConsumer, webSocketCode: .policyViolation, .stalled)
        return false
    }
}

/// A WebSocket that takes nothing. An object, so that the many that do take hold a reference and no more.
final class Stall {
    /// When it is looked at again.
    let deadline: Int64
    /// What the channel held when it was looked at.
    let buffered: Int

    init(deadline: Int64, buffered: Int) {
        self.deadline = deadline
        self.buffered = buffered
    }
}
