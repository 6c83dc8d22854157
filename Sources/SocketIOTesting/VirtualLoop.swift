internal import Dispatch
internal import NIOCore

/// An event loop that runs on a queue of its own, as any other does, but whose time is the test's.
final class VirtualLoop: EventLoop, @unchecked Sendable {
    /// The same for all threads; Dispatch does not say so.
    private struct Key: @unchecked Sendable {
        let key = DispatchSpecificKey<ObjectIdentifier>()
    }

    private static let which = Key()

    private let queue: DispatchQueue
    let clock: VirtualClock

    init(clock: VirtualClock, name: String) {
        self.clock = clock
        queue = DispatchQueue(label: name)
        queue.setSpecific(key: Self.which.key, value: ObjectIdentifier(self))
    }

    var inEventLoop: Bool { DispatchQueue.getSpecific(key: Self.which.key) == ObjectIdentifier(self) }

    var now: NIODeadline { clock.now }

    func execute(_ task: @escaping @Sendable () -> Void) {
        clock.began()
        queue.async { [clock] in
            task()
            clock.finished()
        }
    }

    /// Returns when everything that was there before has run.
    func barrier() async {
        await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
    }

    func scheduleTask<T>(
        deadline: NIODeadline, _ task: @escaping @Sendable () throws -> T
    ) -> Scheduled<T> {
        let promise = makePromise(of: T.self)
        let number = clock.schedule(
            self, at: deadline,
            fire: {
                do {
                    promise.assumeIsolated().succeed(try task())
                } catch {
                    promise.fail(error)
                }
            }, cancel: { promise.fail(EventLoopError.shutdown) })
        return Scheduled(promise: promise, cancellationTask: { [clock] in clock.cancel(number) })
    }

    func scheduleTask<T>(in delay: TimeAmount, _ task: @escaping @Sendable () throws -> T) -> Scheduled<T> {
        scheduleTask(deadline: now + delay, task)
    }

    func shutdownGracefully(queue: DispatchQueue, _ callback: @escaping @Sendable ((any Error)?) -> Void) {
        queue.async { callback(nil) }
    }
}
