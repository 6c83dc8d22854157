internal import EngineIO
internal import EngineIOProtocol
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol

/// The loop's end of recovery: everything that enters the loop goes through its inbox, in the order of the log.
extension NamespaceShard {
    /// Runs `work` after everything that came before: at once when the caller is on the loop.
    func runInOrder(_ work: @escaping @Sendable (NamespaceShard) -> Void, _ recovery: NamespaceRecovery) {
        let isFirst = recovery.submit(.work(work), to: place)
        if eventLoop.inEventLoop {
            empty()
        } else if isFirst {
            eventLoop.execute { self.empty() }
        }
    }

    /// The inbox has got something.
    func wake() {
        if eventLoop.inEventLoop { empty() } else { eventLoop.execute { self.empty() } }
    }

    /// Does what waits. A job may lead here again: then the rest is done inside it, still in order.
    func empty() {
        while let job = nextJob() {
            switch job {
            case .deliver(let event): deliver(event)
            case .work(let work): work(self)
            }
        }
    }

    private func nextJob() -> LoopJob? {
        if let job = jobs.popFirst() { return job }
        guard let (taken, end) = recovery?.takeInbox(place) else { return nil }
        guard !taken.isEmpty else {
            delivered = end
            return nil
        }
        jobs = taken[...]
        return jobs.popFirst()
    }

    private func deliver(_ event: RecoverableEvent) {
        let isVolatile = event.options.isVolatile
        let how = event.options.sendOptions
        delivered = max(delivered, event.position)
        var encoded: [OutgoingPacket]?
        table.forEach(matching: event.options) { socket in
            let packets = encoded ?? event.messages(of: socket.core)
            encoded = packets
            socket.meter.count(.deliveries)
            if isVolatile {
                socket.session.sendVolatile(packets, options: how)
            } else {
                socket.session.send(packets, options: how)
                socket.recovery?.lastSent = event.position
            }
        }
    }

    // MARK: - Sockets

    /// Adds a socket: what is sent from now on is for it.
    func add(_ socket: AnySocket, pid: String, _ recovery: NamespaceRecovery) {
        while true {
            empty()
            guard let end = recovery.joined(socket.id, pid: pid, place: place) else { continue }
            delivered = end
            socket.recovery = SocketRecovery(
                pid: pid, startedAt: end, lastSent: end, history: RoomHistory(from: end))
            add(socket)
            return
        }
    }

    /// A session goes on in this socket.
    ///
    /// - Returns: what the client missed, in order; nil when the session is gone or too much was missed.
    func resume(
        _ socket: AnySocket, _ claim: RecoveryClaim, _ recovery: NamespaceRecovery
    ) -> [RecoverableEvent]? {
        while true {
            empty()
            switch recovery.resume(claim, place: place) {
            case .busy: continue
            case .failed: return nil
            case .resumed(let resumed):
                delivered = resumed.end
                socket.recovered = true
                socket.recovery = SocketRecovery(
                    pid: claim.pid, startedAt: resumed.start, lastSent: resumed.lastSent,
                    history: resumed.session.history)
                socket.restoreData(resumed.session.state.dataJSON)
                addAgain(socket, rooms: resumed.session.rooms)
                return resumed.missed
            }
        }
    }

    /// A socket ends; its session is kept when its client may come back.
    ///
    /// - Returns: false when it had ended already.
    func end(_ socket: AnySocket, _ reason: DisconnectReason, _ recovery: NamespaceRecovery) -> Bool {
        while true {
            empty()
            // What waited may have ended it.
            guard socket.isConnectedFlag, let pid = socket.recovery?.pid else { return false }
            let hasEnded = recovery.ended(pid: pid, place: place) { end, now in
                socket.session(reason, end: end, now: now)
            }
            if hasEnded { return true }
        }
    }

    /// The client of a socket has come back before its old connection was seen to be dead.
    func endForTakeover(_ id: SocketID) {
        empty()
        if let old = socket(id) { old.connection.leaveForTakeover(old) }
    }

    /// What is known of a socket that is still here.
    func memoryOfLive(_ id: SocketID) -> SocketMemory? {
        empty()
        return socket(id)?.memory
    }

    private func socket(_ id: SocketID) -> AnySocket? {
        var found: AnySocket?
        table.forEach(matching: BroadcastOptions(rooms: [Room(id)])) { found = $0.id == id ? $0 : found }
        return found
    }
}
