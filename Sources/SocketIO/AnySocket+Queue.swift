internal import EngineIO
internal import Logging
internal import NIOCore
internal import SocketIOProtocol

/// The socket's handlers, one after the other.
///
/// ```
/// received --> over its rate? --> dropped
///          --> somebody awaits events of this name --> the lane of those: middleware, listeners, streams
///          --> queue: middleware, listeners; beside it, up to a limit, if the listeners allow it
/// ```
/// Both wait in the connection: when too much does, it is not read any more.
extension AnySocket {
    func received(_ event: IncomingEvent) {
        meter.count(.eventsIn)
        guard mayPass(event) else {
            meter.count(.rateLimited)
            return
        }
        guard let extras, extras.hasStreams(of: event.name) else {
            let handlers = core.current
            if !queue.isRunning, let listeners = handlers.plain(event.name) {
                handle(event, listeners, handlers)
            } else {
                enqueue(.event(event))
            }
            return
        }
        extras.lane.append(event)
        pauseIfLagging(extras.lane.count)
        guard !extras.lane.isRunning else { return }
        extras.lane.isRunning = true
        HandlerTask.start(on: shard.executor) { await self.runLane(extras) }
    }

    func enqueue(_ work: Work) {
        guard queue.isRunning else {
            // Nothing waits, so this need not either.
            guard !concernsNobody(work) else { return }
            queue.isRunning = true
            HandlerTask.start(on: shard.executor) { await self.runQueue(from: work) }
            return
        }
        queue.append(work)
        pauseIfLagging(queue.count)
    }

    private func concernsNobody(_ work: Work) -> Bool {
        switch work {
        case .connect: core.current.all.connect.isEmpty
        case .disconnect: extras == nil && core.current.all.disconnect.isEmpty
        case .event, .expiring: false
        }
    }

    private func pauseIfLagging(_ count: Int) {
        if count > connection.server.configuration.maxQueuedEvents { connection.pause(self) }
    }

    private func resumeIfIdle() {
        guard queue.isEmpty, extras?.lane.isEmpty != false else { return }
        connection.resume(self)
    }

    /// Handles an event at once: nothing waits, and nothing of its listeners can.
    private func handle(
        _ event: IncomingEvent, _ listeners: [NamespaceCore.PlainHandler],
        _ handlers: NamespaceCore.HandlerSnapshot
    ) {
        queue.isRunning = true
        let start = eventLoop.now
        do {
            var answer: EncodedArguments?
            for listener in listeners {
                let value = try listener(self, event)
                answer = answer ?? value
            }
            meter.handled(nanoseconds: (eventLoop.now - start).nanoseconds)
            if let id = event.ackID { write(core.encodeAck(id, answer ?? EncodedArguments())) }
            guard let next = queue.next() else {
                queue.isRunning = false
                return
            }
            HandlerTask.start(on: shard.executor) { await self.runQueue(from: next) }
        } catch {
            // Whoever is told of errors may wait, and with it what comes after.
            HandlerTask.start(on: shard.executor) {
                let answer = await self.core.failed(error, event, on: self, handlers)
                self.meter.handled(nanoseconds: (self.eventLoop.now - start).nanoseconds)
                if let answer, let id = event.ackID { self.write(self.core.encodeAck(id, answer)) }
                await self.runQueue(from: self.queue.next())
            }
        }
    }

    private func runQueue(from first: Work?) async {
        var next = first
        while let work = next {
            if queue.isEmpty { resumeIfIdle() }
            let handlers = core.current
            switch work {
            case .connect: await core.runConnect(self)
            case .event(let event):
                if let limit = handlers.all.events[event.name]?.concurrency, limit > 1 {
                    await startBeside(event, handlers, limit: limit)
                } else {
                    await handle(event, handlers)
                }
            case .expiring: await core.runExpiring(self, handlers)
            case .disconnect(let reason):
                await extras?.whenNothingRunsBeside()
                await core.runDisconnect(self, reason)
            }
            next = queue.next()
        }
        queue.isRunning = false
    }

    private func runLane(_ extras: SocketExtras) async {
        while let event = extras.lane.next() {
            if extras.lane.isEmpty { resumeIfIdle() }
            await handle(event, core.current)
        }
        extras.lane.isRunning = false
    }

    private func handle(_ event: IncomingEvent, _ handlers: NamespaceCore.HandlerSnapshot) async {
        guard let answer = await measured(event, handlers), let id = event.ackID else { return }
        write(core.encodeAck(id, answer))
    }

    /// Starts the handlers of an event without waiting for their end; waits for a place if there is none.
    private func startBeside(
        _ event: IncomingEvent, _ handlers: NamespaceCore.HandlerSnapshot, limit: Int
    ) async {
        let extras = extrasMade()
        await extras.takePlace(event.name, limit: limit)
        HandlerTask.start(on: shard.executor) {
            await self.handle(event, handlers)
            extras.leavePlace(event.name)
        }
    }

    /// The socket's extras, made when the first of them is needed.
    func extrasMade() -> SocketExtras {
        if let extras { return extras }
        let made = SocketExtras(maxPendingCalls: connection.configuration.maxPendingCalls)
        extras = made
        return made
    }

    // MARK: - Rates

    /// How many of the client's events were dropped because there were too many. To be asked on the event loop,
    /// such as in a handler of this socket.
    public var droppedEvents: Int { extras?.rates?.dropped ?? 0 }

    private func mayPass(_ event: IncomingEvent) -> Bool {
        guard let rate = connection.configuration.eventRate else { return true }
        let now = Int64(eventLoop.now.uptimeNanoseconds / 1_000_000)
        let extras = extrasMade()
        if extras.rates == nil { extras.rates = SocketRates(rate, now: now) }
        switch extras.rates?.received(event.name, now: now) {
        case .deliver, nil: return true
        case .drop(let inARow):
            let error = RateLimitExceeded(event: event.name, dropped: inARow)
            let handlers = core.current
            if let id = event.ackID, let answer = handlers.all.errorAck?(error) {
                write(core.encodeAck(id, answer))
            }
            // Once for a run of them: telling must not cost more than the event would have.
            if inARow == 1 {
                HandlerTask.start(on: shard.executor) {
                    await self.core.report(error, .rateLimit(event: event.name), self, handlers)
                }
            }
            return false
        case .close:
            connection.closeFlooding()
            return false
        }
    }
}
