internal import Dispatch
internal import NIOCore
internal import SocketIOClient
internal import SocketIOEvents

/// The events of a test's client that the test has not taken yet. Confined to the loop, but for ``next``.
final class Inbox: @unchecked Sendable {
    private final class Waiting {
        let name: String
        let promise: EventLoopPromise<EventArguments>
        var timer: Scheduled<Void>?
        var isDone = false

        init(_ name: String, _ promise: EventLoopPromise<EventArguments>) {
            self.name = name
            self.promise = promise
        }
    }

    private let eventLoop: any EventLoop
    private var events: [(name: String, arguments: EventArguments)] = []
    private var waiting: [Waiting] = []

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func add(_ event: ClientEvent) {
        if let index = waiting.firstIndex(where: { $0.name == event.name }) {
            finish(waiting.remove(at: index), .success(event.arguments))
        } else {
            events.append((event.name, event.arguments))
        }
    }

    private func finish(_ waiting: Waiting, _ result: Result<EventArguments, any Error>) {
        guard !waiting.isDone else { return }
        waiting.isDone = true
        waiting.timer?.cancel()
        waiting.promise.completeWith(result)
    }

    /// The first event of this name that was not taken yet; waits for it.
    ///
    /// - Parameters:
    ///   - deadline: in the test's time.
    ///   - patience: in real time, so that a test which forgot to move the clock ends.
    func next(_ name: String, within deadline: TimeAmount, patience: TimeAmount) async throws
        -> EventArguments
    {
        let promise = eventLoop.makePromise(of: EventArguments.self)
        eventLoop.execute { self.wait(name, within: deadline, patience, promise) }
        return try await promise.futureResult.get()
    }

    private func wait(
        _ name: String, within deadline: TimeAmount, _ patience: TimeAmount,
        _ promise: EventLoopPromise<EventArguments>
    ) {
        if let index = events.firstIndex(where: { $0.name == name }) {
            promise.succeed(events.remove(at: index).arguments)
            return
        }
        let entry = Waiting(name, promise)
        waiting.append(entry)
        let box = NIOLoopBound(entry, eventLoop: eventLoop)
        entry.timer = eventLoop.scheduleTask(in: deadline) {
            self.giveUp(box.value, TestFailure.notInTime(event: name))
        }
        DispatchQueue.global().asyncAfter(
            deadline: .now() + .nanoseconds(Int(clamping: patience.nanoseconds))
        ) { [eventLoop] in
            eventLoop.execute { self.giveUp(box.value, TestFailure.nothingHappens(waitingFor: name)) }
        }
    }

    private func giveUp(_ entry: Waiting, _ failure: TestFailure) {
        waiting.removeAll { $0 === entry }
        finish(entry, .failure(failure))
    }

    /// What has come and was not taken, by name.
    func names() async throws -> [String] {
        try await eventLoop.submit { self.events.map(\.name) }.get()
    }

    /// The test is over.
    func close() {
        for entry in waiting { finish(entry, .failure(TestFailure.notInTime(event: entry.name))) }
        waiting = []
    }
}
