/// The sessions of one namespace in this process, and the log that they share: who is here, who is away, and
/// what the latter have missed.
///
/// ```
///              connected                     disconnected
///   (nobody) ------------> live ---------------------------------> away
///       ^                    |  ^                                 |  |
///       |        left        |  |            resumed              |  |  expired, evicted, dropped,
///       +--------------------+  +---------------------------------+  |  not resumed: too much was missed
///       +------------------------------------------------------------+
/// ```
///
/// A session is resumed once: whoever asks again for the same finds nothing. One that is live is taken over by
/// ending its socket first, which makes it away.
///
/// A pure value; its owner guards it. Time is a parameter, in milliseconds of a clock that does not run
/// backwards. Memory is bounded by the limits and by the number of live sockets.
public struct SessionStore<Packet: Sendable, State: Sendable>: Sendable {
    /// Where a socket is.
    public struct Live: Sendable, Equatable {
        /// The socket.
        public let id: SocketID
        /// The loop that it lives on, by number.
        public let place: Int
    }

    /// What a private id leads to.
    public enum Found: Sendable {
        /// Nothing, or a session that has expired.
        case nothing
        /// The socket is still here.
        case live(Live)
        /// The session waits.
        case away(RecoverySession<State>)
    }

    /// A session that goes on.
    public struct Resumed: Sendable {
        /// What is known of the socket.
        public let session: RecoverySession<State>
        /// What its client has to be given.
        public let resumption: RecoveryResumption<Packet>
    }

    private struct Away: Sendable {
        var session: RecoverySession<State>
        let ticket: UInt64
    }

    private let limits: RecoveryLimits
    private let tag: UInt32
    /// The packets.
    public private(set) var log: RecoveryLog<Packet>
    /// What happened so far.
    public var counters = RecoveryCounters()
    private var live: [String: Live] = [:]
    private var away: [String: Away] = [:]
    /// Who went away in which order. Whoever is not away any more stays in it until it is at the front, or
    /// until such entries are the majority.
    private(set) var order: ArraySlice<(pid: String, ticket: UInt64)> = []
    private var nextTicket: UInt64 = 0

    /// An empty store.
    ///
    /// - Parameters:
    ///   - limits: how much is kept, and how long.
    ///   - tag: what tells this log's offsets from those of any other; to be drawn by chance.
    public init(limits: RecoveryLimits, tag: UInt32) {
        self.limits = limits
        self.tag = RecoveryOffset(tag: tag, position: 0).tag
        log = RecoveryLog(limits: limits)
    }

    /// How many sockets are here.
    public var liveCount: Int { live.count }
    /// How many sessions wait for their client.
    public var awayCount: Int { away.count }

    /// The offset of the packet at a position.
    public func offset(at position: UInt64) -> RecoveryOffset {
        RecoveryOffset(tag: tag, position: position)
    }

    // MARK: - Packets

    /// Appends a packet. While nobody is here or away it is only counted.
    ///
    /// - Returns: its position.
    public mutating func append(
        _ packet: Packet, rooms: [Room], except: [Room], byteCount: Int, now: Int64
    ) -> UInt64 {
        guard isWatched else { return log.skip() }
        return log.append(packet, rooms: rooms, except: except, byteCount: byteCount, now: now)
    }

    // MARK: - Sockets

    /// A socket joined. Nothing up to the log's present end was for it.
    public mutating func connected(_ id: SocketID, pid: String, place: Int) {
        live[pid] = Live(id: id, place: place)
    }

    /// Where the socket with this private id is; nil when it is away or gone.
    public func place(of pid: String) -> Live? { live[pid] }

    /// Whether the session with this private id waits for its client.
    public func isAway(pid: String) -> Bool { away[pid] != nil }

    /// A socket left for good.
    public mutating func left(pid: String) {
        live[pid] = nil
    }

    /// A socket's client went away and may come back.
    public mutating func disconnected(_ session: RecoverySession<State>, now: Int64) {
        live[session.pid] = nil
        counters.stored += 1
        keep(session, now: now)
    }

    private mutating func keep(_ session: RecoverySession<State>, now: Int64) {
        expireSessions(now: now)
        guard limits.maxSessions > 0 else {
            counters.evicted += 1
            return
        }
        // Whoever is first in the order after that is away.
        if away.count >= limits.maxSessions, let first = order.popFirst() {
            away[first.pid] = nil
            counters.evicted += 1
        }
        nextTicket += 1
        away[session.pid] = Away(session: session, ticket: nextTicket)
        order.append((session.pid, nextTicket))
        if order.count > 2 * away.count + 64 { tidy() }
    }

    private mutating func tidy() {
        order = ArraySlice(order.filter { away[$0.pid]?.ticket == $0.ticket })
    }

    // MARK: - Coming back

    /// What a private id leads to; nothing changes.
    public func find(pid: String, now: Int64) -> Found {
        if let live = live[pid] { return .live(live) }
        guard let found = away[pid], !hasExpired(found.session, now: now) else { return .nothing }
        return .away(found.session)
    }

    /// A session that is away goes on in a new socket, and is forgotten: nobody gets it a second time.
    ///
    /// - Parameters:
    ///   - claim: the session that the client names, and what it has of it.
    ///   - place: where the new socket is.
    ///   - now: the current time in milliseconds.
    ///   - fits: whether so much can be given to the client at once.
    /// - Returns: nil when it is not away, or when its client missed more than is known or fits. It is forgotten
    ///   then too.
    public mutating func resume(
        _ claim: RecoveryClaim, place: Int, now: Int64,
        fits: ([RecoveryLog<Packet>.Entry]) -> Bool = { _ in true }
    ) -> Resumed? {
        guard live[claim.pid] == nil, let session = away.removeValue(forKey: claim.pid)?.session else {
            counters.unknown += 1
            return nil
        }
        guard !hasExpired(session, now: now) else {
            counters.expired += 1
            counters.unknown += 1
            return nil
        }
        let received: UInt64?
        switch claim.offset {
        case .none: received = nil
        case .at(let offset) where offset.tag == tag && offset.position <= log.end:
            received = offset.position
        case .at, .foreign:
            // A leftover of a former session does no harm as long as this one was sent nothing.
            guard session.lastSent == session.startedAt else {
                counters.foreignOffset += 1
                return nil
            }
            received = nil
        }
        guard let resumption = session.resumption(after: received, in: log), fits(resumption.missed) else {
            counters.overflow += 1
            return nil
        }
        counters.recovered += 1
        live[session.pid] = Live(id: session.id, place: place)
        return Resumed(session: session, resumption: resumption)
    }

    // MARK: - Sessions that are away

    /// Lets everybody away whom the rooms name join rooms.
    public mutating func join(_ joined: [Room], rooms: [Room], except: [Room]) {
        change(rooms: rooms, except: except) { session, end in
            for room in joined where session.rooms.insert(room).inserted {
                session.history.joined(room, at: end)
            }
        }
    }

    /// Takes everybody away whom the rooms name out of rooms.
    public mutating func leave(_ left: [Room], rooms: [Room], except: [Room]) {
        change(rooms: rooms, except: except) { session, end in
            for room in left where session.rooms.remove(room) != nil {
                session.history.left(room, at: end)
            }
        }
    }

    /// Ends the sessions of everybody away whom the rooms name: who is thrown out does not come back by recovery.
    public mutating func drop(rooms: [Room], except: [Room]) {
        for (pid, kept) in away where kept.session.isNamed(rooms: rooms, except: except) { drop(pid: pid) }
    }

    /// Ends a session that is away.
    public mutating func drop(pid: String) {
        if away.removeValue(forKey: pid) != nil { counters.dropped += 1 }
    }

    private mutating func change(
        rooms: [Room], except: [Room], _ body: (inout RecoverySession<State>, UInt64) -> Void
    ) {
        for (pid, kept) in away where kept.session.isNamed(rooms: rooms, except: except) {
            var kept = kept
            body(&kept.session, log.end)
            away[pid] = kept
        }
    }

    // MARK: - Time

    private func hasExpired(_ session: RecoverySession<State>, now: Int64) -> Bool {
        RecoveryLog<Packet>.later(session.disconnectedAt, by: limits.maxDisconnection) < now
    }

    /// Forgets the sessions and packets whose time is over.
    public mutating func expire(now: Int64) {
        expireSessions(now: now)
        log.expire(now: now)
        if !isWatched { log.removeAll() }
    }

    /// Whether there is anybody who could miss a packet.
    private var isWatched: Bool { !live.isEmpty || !away.isEmpty }

    private mutating func expireSessions(now: Int64) {
        while let first = order.first {
            guard let kept = away[first.pid], kept.ticket == first.ticket else {
                order.removeFirst()
                continue
            }
            guard hasExpired(kept.session, now: now) else { break }
            order.removeFirst()
            away[first.pid] = nil
            counters.expired += 1
        }
        if order.isEmpty { order = [] }
    }

    /// Whether there is anything that ages.
    public var isIdle: Bool { away.isEmpty && log.count == 0 }
}

extension RecoverySession {
    /// Whether a target with these rooms means the session's socket.
    func isNamed(rooms named: [Room], except: [Room]) -> Bool {
        func isIn(_ room: Room) -> Bool { room == Room(id) || rooms.contains(room) }
        return (named.isEmpty || named.contains(where: isIn)) && !except.contains(where: isIn)
    }
}
