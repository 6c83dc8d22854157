internal import EngineIOProtocol
internal import NIOCore

/// What one event loop keeps for all the connections on it: their timers and the outboxes to be flushed.
///
/// Confined to its event loop; only ``eventLoop`` and ``index`` may be read from elsewhere.
final class EngineLoop: @unchecked Sendable {
    let eventLoop: any EventLoop
    let index: Int

    private(set) var wheel: TimerWheel
    private var turnAt: Int64 = .max
    private var turn: Scheduled<Void>?
    private var dirty: [EngineSession] = []
    /// Connections with answers that the system does not have yet.
    private var unflushed: [any Flushable] = []
    /// What a broadcast has become for the session that was flushed before.
    let frames = SharedFrames()
    private var flushIsScheduled = false
    private var isFlushing = false
    /// What happened on this loop, for metrics.
    let meter = LoopMeter()
    /// Runs the application's hooks on this loop.
    private(set) lazy var executor = LoopExecutor(eventLoop: eventLoop)
    /// Random numbers for session ids; the system's generator is the strong one.
    var random = SystemRandomNumberGenerator()
    /// What the sockets of this loop are read into.
    let receiveBuffer = ReceiveBuffer()
    /// HTTP connections of this loop, to be closed when the listener closes.
    var connections: [ObjectIdentifier: HTTPConnection] = [:]
    /// Connections of this loop that carry streams, for the same purpose.
    var multiplexed: [ObjectIdentifier: any MultiplexedConnection] = [:]
    /// WebSocket connections of this loop, for the same purpose.
    var webSockets: [ObjectIdentifier: WebSocketConnection] = [:]

    /// The compressors of this loop's WebSockets, made when the first of them agrees on compression.
    private(set) lazy var deflatePool = DeflatePool(eventLoop: eventLoop)

    init(eventLoop: any EventLoop, index: Int) {
        self.eventLoop = eventLoop
        self.index = index
        wheel = TimerWheel(now: Self.milliseconds(eventLoop.now))
    }

    /// The current time in milliseconds, from the event loop's own clock.
    var now: Int64 { Self.milliseconds(eventLoop.now) }

    private static func milliseconds(_ time: NIODeadline) -> Int64 {
        Int64(time.uptimeNanoseconds / 1_000_000)
    }

    /// Runs `work` on this loop: at once when already there.
    func run(_ work: @escaping @Sendable () -> Void) {
        if eventLoop.inEventLoop {
            work()
        } else {
            eventLoop.execute(work)
        }
    }

    // MARK: - Timers

    func arm(_ timer: WheelTimer, at deadline: Int64) {
        let now = self.now
        // Distant deadlines share ticks, so that thousands of idle connections wake the loop less often.
        let (shared, overflow) = deadline.addingReportingOverflow(Self.coarse - 1)
        let isDistant = deadline > now + 1_000 && !overflow
        let deadline = isDistant ? shared / Self.coarse * Self.coarse : deadline
        wheel.arm(timer, at: deadline)
        scheduleTurn(at: deadline)
    }

    /// Milliseconds by which the wheel turned too late, all in all: the loop stood still, or the process did.
    /// Clients could not be heard meanwhile.
    private(set) var stalled: Int64 = 0

    /// Milliseconds that the wheel may be late before the loop is said to have stood still.
    private static let standstill: Int64 = 250

    /// Milliseconds to which deadlines of more than a second are rounded up.
    private static let coarse: Int64 = 10

    func cancel(_ timer: WheelTimer) {
        wheel.cancel(timer)
    }

    private func scheduleTurn(at next: Int64) {
        guard next < turnAt else { return }
        turn?.cancel()
        turnAt = next
        // An absolute time: a delay would add what is left of the current millisecond.
        let time = NIODeadline.uptimeNanoseconds(UInt64(max(0, next)) &* 1_000_000)
        turn = eventLoop.scheduleTask(deadline: time) { [weak self] in self?.turnWheel() }
    }

    private func turnWheel() {
        let now = self.now
        let late = now - turnAt
        if late > Self.standstill { stalled += late }
        turnAt = .max
        turn = nil
        for timer in wheel.turn(to: now) {
            timer.deadlineReached(now: now)
        }
        if let next = wheel.nextTurn() { scheduleTurn(at: next) }
    }

    // MARK: - Flushing

    /// Flushes the session's outbox at the end of this loop tick, once, however many packets came.
    ///
    /// Not as soon as it could: each write wakes whoever waits for it, and for many at once they wake once.
    func flushSoon(_ session: EngineSession) {
        dirty.append(session)
        scheduleFlush()
    }

    /// Gives what a connection has written to the system at the end of this loop tick, after the sessions' turn.
    func flushSoon(_ connection: any Flushable) {
        unflushed.append(connection)
        if !isFlushing { scheduleFlush() }
    }

    private func scheduleFlush() {
        guard !flushIsScheduled else { return }
        flushIsScheduled = true
        eventLoop.execute { [self] in flushDirty() }
    }

    private func flushDirty() {
        flushIsScheduled = false
        isFlushing = true
        let sessions = dirty
        dirty.removeAll(keepingCapacity: false)
        for session in sessions {
            session.flush()
        }
        frames.forget()
        isFlushing = false
        let connections = unflushed
        unflushed.removeAll(keepingCapacity: false)
        for connection in connections { connection.flush() }
    }

    // MARK: - Shutting down

    /// Returns when this time of the loop's own clock has come.
    func wait(until time: Int64) async throws {
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, time)) &* 1_000_000)
        try await eventLoop.scheduleTask(deadline: deadline) {}.futureResult.get()
    }

    /// Returns when no connection is left on this loop; closes those that are left at `end`.
    ///
    /// - Returns: whether none was left.
    func drained(before end: NIODeadline) async throws -> Bool {
        let promise = eventLoop.makePromise(of: Bool.self)
        eventLoop.execute { self.checkDrained(before: end, promise) }
        return try await promise.futureResult.get()
    }

    private func checkDrained(before end: NIODeadline, _ promise: EventLoopPromise<Bool>) {
        if connections.isEmpty, webSockets.isEmpty, multiplexed.isEmpty {
            promise.succeed(true)
        } else if eventLoop.now >= end {
            for connection in connections.values { connection.closeNow() }
            for connection in multiplexed.values { connection.closeNow() }
            for connection in webSockets.values { connection.deadlineReached(now: now) }
            promise.succeed(false)
        } else {
            eventLoop.scheduleTask(in: .milliseconds(10)) { self.checkDrained(before: end, promise) }
        }
    }
}
