/// Enters the application's hooks from an event loop. With ``PlainTask`` the only place of this room that starts a task.
enum HookTask {
    /// Runs `work` at once, on the calling event loop's thread, until it waits for the first time; it goes
    /// on on the same thread later.
    static func start(
        on executor: LoopExecutor, _ work: @escaping @Sendable () async -> Void
    ) -> Task<Void, Never> {
        Task.immediate(executorPreference: executor) { await work() }
    }
}
