package import NIOCore

/// Runs tasks on an event loop, so that a handler stays on the thread that its packets arrive on.
package final class LoopExecutor: TaskExecutor, Sendable {
    package let eventLoop: any EventLoop

    package init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
