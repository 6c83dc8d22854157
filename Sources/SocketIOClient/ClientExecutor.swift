internal import NIOCore

/// Runs a client's handlers on its event loop, so that they stay on the thread that its packets arrive on.
final class ClientExecutor: TaskExecutor, Sendable {
    private let eventLoop: any EventLoop

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Runs `work` at once, on the calling event loop's thread, until it waits for the first time; it goes on
    /// on the same thread later. The only place of this room that starts a task.
    func start(_ work: @escaping @Sendable () async -> Void) {
        Task.immediate(executorPreference: self) { await work() }
    }
}
