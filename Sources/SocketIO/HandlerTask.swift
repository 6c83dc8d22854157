internal import EngineIO

/// Enters asynchronous code from an event loop. The only place of this room that starts a task.
enum HandlerTask {
    /// Runs `work` at once, on the calling event loop's thread, until it waits for the first time; it goes
    /// on on the same thread later.
    static func start(on executor: LoopExecutor, _ work: @escaping @Sendable () async -> Void) {
        Task.immediate(executorPreference: executor) { await work() }
    }
}
