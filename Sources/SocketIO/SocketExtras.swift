internal import EngineIO
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol

/// What few sockets need: limits that are counted, streams that await events, calls that run beside the queue, a
/// state that expires. Behind one reference, so that the others pay a word for it. Confined to the event loop.
final class SocketExtras: @unchecked Sendable {
    /// Where events go that are awaited.
    struct Sink {
        let id: UInt64
        /// Waits while the reader lags. Throws when the arguments are of another type.
        let push: @Sendable (IncomingEvent) async throws(Undecodable) -> Void
        let end: @Sendable () -> Void
    }

    /// Who waits for which answer.
    var acks: AckTable<AckWaiter>
    /// The rooms that the socket was in when it ended, for its disconnect handler.
    var roomsAtEnd: Set<Room> = []
    /// What the application said of the socket, as JSON.
    var dataJSON: [UInt8]?
    /// Whether that was said before the client came back, and nothing since.
    var isDataRestored = false
    /// What the namespace's middleware did with the socket before it had joined.
    var earlyPackets: [EncodedPacket] = []
    var earlyRooms: [Room] = []
    /// What goes by way of the log, while recovery is on.
    var earlyEvents: [(EventPacket, BroadcastOptions)] = []

    /// Who waits for one answer.
    struct AckWaiter {
        let promise: EventLoopPromise<EventArguments>
        let timeout: Scheduled<Void>
    }

    init(maxPendingCalls: Int) {
        acks = AckTable(capacity: maxPendingCalls)
    }

    var rates: SocketRates?
    var lane = WorkQueue<IncomingEvent>()
    private var sinks: [String: [Sink]] = [:]
    private var sinkCount: UInt64 = 0

    // MARK: - Awaited events

    func hasStreams(of event: String) -> Bool { sinks[event] != nil }

    func streams(of event: String) -> [Sink] { sinks[event] ?? [] }

    func nextSinkID() -> UInt64 {
        sinkCount += 1
        return sinkCount
    }

    func add(_ sink: Sink, for event: String) { sinks[event, default: []].append(sink) }

    func removeSink(_ id: UInt64, of event: String) {
        sinks[event]?.removeAll { $0.id == id }
        if sinks[event]?.isEmpty == true { sinks[event] = nil }
    }

    // MARK: - Calls beside the queue

    private var running: [String: Int] = [:]
    /// The queue, when it waits for a call to end.
    private var waiting: CheckedContinuation<Void, Never>?

    func takePlace(_ event: String, limit: Int) async {
        while running[event, default: 0] >= limit { await waitForOne() }
        running[event, default: 0] += 1
    }

    func leavePlace(_ event: String) {
        let left = running[event, default: 1] - 1
        running[event] = left > 0 ? left : nil
        let waiting = waiting
        self.waiting = nil
        waiting?.resume()
    }

    func whenNothingRunsBeside() async {
        while !running.isEmpty { await waitForOne() }
    }

    private func waitForOne() async {
        await withCheckedContinuation { waiting = $0 }
    }

    // MARK: - Expiry

    /// When the socket's state expires, on the event loop's clock; nil for never.
    var expiry: NIODeadline?
    var timer: EngineTimer?
    var hasWarned = false

    func disconnected() {
        timer?.cancel()
        timer = nil
        let all = sinks.values.flatMap { $0 }
        sinks = [:]
        for sink in all { sink.end() }
    }
}
