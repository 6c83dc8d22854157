internal import EngineIO
internal import NIOCore
internal import SocketIOCore
internal import Synchronization

/// The recovery of one namespace: its log and sessions, and what waits for each of its event loops.
///
/// Offsets mean something only if each client is sent the events in the order of the log. Therefore one lock
/// guards both, for as long as it takes to append: an event gets its place in the log and in the inbox of each
/// loop that has sockets. A loop empties its inbox in order; whatever else enters it from this namespace goes
/// the same way. Nothing is encoded or written under the lock, and no code of others runs.
final class NamespaceRecovery: Sendable {
    typealias Store = SessionStore<RecoverableEvent, SocketMemory>
    typealias Session = RecoverySession<SocketMemory>

    /// A session that goes on, and how far the log goes then.
    struct Resumed {
        let end: UInt64
        let session: Session
        let missed: [RecoverableEvent]
        let start: UInt64
        let lastSent: UInt64
    }

    /// What came of an attempt to go on.
    enum Attempt {
        /// Something waits for the loop; it has to be emptied first.
        case busy
        case failed
        case resumed(Resumed)
    }

    private struct State {
        var store: Store
        var inboxes: [[LoopJob]]
        /// How many sockets each loop has.
        var counts: [Int]
        var isSweepScheduled = false
    }

    let settings: Recovery
    /// Runs the sweep, and its clock is the sessions'.
    private let loop: any EventLoop
    private let state: Mutex<State>

    /// How much a client may be given at once when it comes back; more would overflow its connection.
    private let replay: (packets: Int, bytes: Int)

    /// - Parameter engine: its outbox bounds what can be given to a client at once.
    init(_ settings: Recovery, engine: EngineConfiguration, loops: [any EventLoop]) {
        self.settings = settings
        replay = (engine.maxOutboxPackets / 2, engine.maxOutboxBytes / 2)
        loop = loops[0]
        state = Mutex(
            State(
                store: Store(limits: settings.limits, tag: UInt32.random(in: 0...(.max))),
                inboxes: Array(repeating: [], count: loops.count),
                counts: Array(repeating: 0, count: loops.count)))
    }

    private var now: Int64 { Int64(clamping: loop.now.uptimeNanoseconds / 1_000_000) }

    // MARK: - Into the loops

    /// Puts a job into a loop's inbox.
    ///
    /// - Returns: whether the loop has to be woken: nobody else has done it.
    func submit(_ job: LoopJob, to place: Int) -> Bool {
        state.withLock { Self.append(job, to: place, in: &$0) != nil }
    }

    /// Takes everything that waits for a loop, and how far the log goes then.
    func takeInbox(_ place: Int) -> (jobs: [LoopJob], end: UInt64) {
        state.withLock { state in
            let jobs = state.inboxes[place]
            if !jobs.isEmpty { state.inboxes[place] = [] }
            return (jobs, state.store.log.end)
        }
    }

    /// An event for the sockets that the options name; appended to the log unless it is volatile.
    ///
    /// - Returns: the loops that have to be woken.
    func broadcast(_ event: EventPacket, options: BroadcastOptions) -> [Int] {
        let now = self.now
        let (places, mustSchedule) = state.withLock { state in
            let event = Self.place(event, options, now: now, in: &state)
            return (Self.append(.deliver(event), in: &state), Self.mustSchedule(&state))
        }
        if mustSchedule { scheduleSweep() }
        return places
    }

    /// An event for one socket, which may be away or on another loop by now; to be called from anywhere. It has its
    /// place in the log when this returns. What comes before the socket may write to the log goes to the socket's
    /// own loop, see ``publish(_:pid:)``.
    ///
    /// - Returns: the loop that has to be woken.
    func emit(_ event: EventPacket, options: BroadcastOptions, of socket: AnySocket) -> Int? {
        let now = self.now
        let (place, mustSchedule) = state.withLock { state -> (Int?, Bool) in
            guard let pid = socket.publishedPID else {
                let work = LoopJob.work { _ in socket.emitBeforePublished(event, options) }
                return (Self.append(work, to: socket.session.loopIndex, in: &state), false)
            }
            let place = Self.append(event, options, pid: pid, now: now, in: &state)
            return (place, Self.mustSchedule(&state))
        }
        if mustSchedule { scheduleSweep() }
        return place
    }

    /// As ``emit(_:options:of:)``, of a socket that is not published yet; to be called on its loop.
    func emit(_ event: EventPacket, options: BroadcastOptions, pid: String) -> Int? {
        let now = self.now
        let (place, mustSchedule) = state.withLock { state -> (Int?, Bool) in
            let place = Self.append(event, options, pid: pid, now: now, in: &state)
            return (place, Self.mustSchedule(&state))
        }
        if mustSchedule { scheduleSweep() }
        return place
    }

    /// From now on what the socket emits goes to the log at once, from wherever.
    ///
    /// - Returns: false while something waits for its loop, which may be an event of the socket.
    func publish(_ socket: AnySocket, pid: String) -> Bool {
        state.withLock { state in
            guard state.inboxes[socket.session.loopIndex].isEmpty else { return false }
            socket.publishedPID = pid
            return true
        }
    }

    private static func append(
        _ event: EventPacket, _ options: BroadcastOptions, pid: String, now: Int64, in state: inout State
    ) -> Int? {
        let live = state.store.place(of: pid)
        guard live != nil || state.store.isAway(pid: pid) else { return nil }
        let placed = place(event, options, now: now, in: &state)
        return live.flatMap { append(.deliver(placed), to: $0.place, in: &state) }
    }

    /// - Returns: the loop, if it has to be woken.
    private static func append(_ job: LoopJob, to place: Int, in state: inout State) -> Int? {
        state.inboxes[place].append(job)
        return state.inboxes[place].count == 1 ? place : nil
    }

    private static func place(
        _ event: EventPacket, _ options: BroadcastOptions, now: Int64, in state: inout State
    ) -> RecoverableEvent {
        guard !options.isVolatile else {
            // Not kept. But the official client takes any text at the end for an offset: it gets a true one.
            let end = state.store.log.end
            let offset = event.looksLikeOffset ? state.store.offset(at: end) : nil
            return RecoverableEvent(event, options: options, position: end, offset: offset)
        }
        let position = state.store.log.end + 1
        let placed = RecoverableEvent(
            event, options: options, position: position, offset: state.store.offset(at: position))
        _ = state.store.append(
            placed, rooms: options.rooms, except: options.except, byteCount: placed.byteCount, now: now)
        return placed
    }

    /// Something that is done to the sockets of every loop, and to those that are away.
    ///
    /// - Returns: the loops that have to be woken.
    func change(
        _ work: @escaping @Sendable (NamespaceShard) -> Void, away: (inout Store) -> Void
    ) -> [Int] {
        state.withLock { state in
            away(&state.store)
            return Self.append(.work(work), in: &state)
        }
    }

    /// Puts a job into the inbox of every loop that has sockets.
    ///
    /// - Returns: the loops whose inbox was empty.
    private static func append(_ job: LoopJob, in state: inout State) -> [Int] {
        var woken: [Int] = []
        for place in state.counts.indices where state.counts[place] > 0 {
            if state.inboxes[place].isEmpty { woken.append(place) }
            state.inboxes[place].append(job)
        }
        return woken
    }

    // MARK: - Sockets

    /// A new socket joins.
    ///
    /// - Returns: where the log ends: nothing up to there is for it; nil while something waits for the loop.
    func joined(_ id: SocketID, pid: String, place: Int) -> UInt64? {
        state.withLock { state in
            guard state.inboxes[place].isEmpty else { return nil }
            state.store.connected(id, pid: pid, place: place)
            state.counts[place] += 1
            return state.store.log.end
        }
    }

    /// A socket ends. Its session is kept when its client may come back.
    ///
    /// - Parameter session: made of where the log ends and the present time; nil when nobody may come back.
    /// - Returns: false while something waits for the loop.
    func ended(pid: String, place: Int, session: (_ end: UInt64, _ now: Int64) -> Session?) -> Bool {
        let now = self.now
        let mustSchedule = state.withLock { state -> Bool? in
            guard state.inboxes[place].isEmpty else { return nil }
            state.counts[place] -= 1
            if let session = session(state.store.log.end, now) {
                state.store.disconnected(session, now: now)
            } else {
                state.store.left(pid: pid)
            }
            return Self.mustSchedule(&state)
        }
        if mustSchedule == true { scheduleSweep() }
        return mustSchedule != nil
    }

    // MARK: - Coming back

    /// What a client that comes back would find; counted when it would be nothing.
    func find(_ claim: RecoveryClaim) -> Store.Found {
        let now = self.now
        return state.withLock { state in
            let found = state.store.find(pid: claim.pid, now: now)
            if case .nothing = found { state.store.counters.unknown += 1 }
            return found
        }
    }

    /// A session goes on in a socket of this loop.
    func resume(_ claim: RecoveryClaim, place: Int) -> Attempt {
        let now = self.now
        return state.withLock { state in
            guard state.inboxes[place].isEmpty else { return .busy }
            guard let resumed = state.store.resume(claim, place: place, now: now, fits: fits) else {
                return .failed
            }
            state.counts[place] += 1
            return .resumed(
                Resumed(
                    end: state.store.log.end, session: resumed.session,
                    missed: resumed.resumption.missed.map(\.packet), start: resumed.resumption.start,
                    lastSent: resumed.resumption.lastSent))
        }
    }

    private func fits(_ missed: [RecoveryLog<RecoverableEvent>.Entry]) -> Bool {
        var (packets, bytes) = (0, 0)
        for entry in missed {
            packets += entry.packet.packetCount
            bytes += entry.packet.byteCount
        }
        return packets <= replay.packets && bytes <= replay.bytes
    }

    /// The client may not join any more: its session ends, unless its socket is still here.
    func refuse(_ claim: RecoveryClaim) {
        state.withLock { state in
            state.store.counters.refused += 1
            state.store.drop(pid: claim.pid)
        }
    }

    /// What a client said about its session was not of the right form.
    func countMalformed() { state.withLock { $0.store.counters.malformed += 1 } }

    func countTakeover() { state.withLock { $0.store.counters.takenOver += 1 } }

    // MARK: - Time

    /// Whether a sweep has to be scheduled, which is noted at once.
    private static func mustSchedule(_ state: inout State) -> Bool {
        guard !state.isSweepScheduled, !state.store.isIdle else { return false }
        state.isSweepScheduled = true
        return true
    }

    private func scheduleSweep() {
        let interval = TimeAmount(max(.milliseconds(10), settings.maxDisconnection / 4))
        loop.scheduleTask(in: interval) { [weak self] in self?.sweep() }
    }

    private func sweep() {
        let now = self.now
        let goesOn = state.withLock { state in
            state.store.expire(now: now)
            state.isSweepScheduled = !state.store.isIdle
            return state.isSweepScheduled
        }
        if goesOn { scheduleSweep() }
    }

    /// What there is now, and what happened so far.
    var report: RecoveryReport {
        state.withLock { state in
            RecoveryReport(
                waitingSessions: state.store.awayCount, packets: state.store.log.count,
                bytes: state.store.log.byteCount, counters: state.store.counters)
        }
    }
}
