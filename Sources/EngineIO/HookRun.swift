/// Hooks that are running for a connection's current request. Who holds it may use their result.
final class HookRun {
    let request: EngineRequest
    /// Set as soon as it runs; nil while it has not waited yet.
    var task: Task<Void, Never>?

    init(request: EngineRequest) {
        self.request = request
    }
}
