internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1

/// Requests that wait for the application's asynchronous hooks. The connection is not read meanwhile.
extension HTTPConnection {
    /// Before anything else of the engine's.
    func runMiddlewares(for request: EngineRequest) {
        phase = .waiting([])
        let hooks = RequestHooks(request: request.info, hooks: request.engine.configuration.hooks)
        run(for: request) {
            await hooks.runMiddlewares()
        } then: { connection, passage in
            connection.passed(passage, request)
        }
    }

    /// Before a session opens; the request came whole.
    func runHandshakeHooks(for request: EngineRequest, ticket: Admission.Ticket?, accept: String?) {
        let hooks = RequestHooks(request: request.info, hooks: request.engine.configuration.hooks)
        run(for: request) {
            await hooks.decideHandshake()
        } then: { connection, decision in
            switch decision {
            case .open(let id): connection.open(request, id: id, ticket: ticket, accept: accept)
            case .refuse(let error, let cause): connection.refuse(error, request, cause: cause)
            }
        }
    }

    private func run<Outcome: Sendable>(
        for request: EngineRequest, _ work: @escaping @Sendable () async -> Outcome,
        then: @escaping @Sendable (HTTPConnection, Outcome) -> Void
    ) {
        let run = HookRun(request: request)
        hookRun = run
        loop.arm(self, at: loop.now + request.engine.configuration.hooks.timeout.milliseconds)
        let (loop, bound) = (self.loop, NIOLoopBound((self, run), eventLoop: loop.eventLoop))
        let task = HookTask.start(on: loop.executor) {
            let outcome = await work()
            loop.run {
                let (connection, run) = bound.value
                // The client went away, or time was up.
                guard connection.hookRun === run else { return }
                connection.hooksEnded(run)
                then(connection, outcome)
            }
        }
        guard hookRun === run else { return }
        run.task = task
        setReading(false)
    }

    private func hooksEnded(_ run: HookRun) {
        hookRun = nil
        loop.cancel(self)
        if run.task != nil { setReading(true) }
    }

    /// Hooks that do not end must not keep connections for ever.
    func hooksTimedOut() {
        guard let run = hookRun else { return }
        run.task?.cancel()
        hooksEnded(run)
        if case .waiting = phase {
            passed(.refuse(.middlewareFailure, CancellationError()), run.request)
        } else {
            refuse(.middlewareFailure, run.request, cause: CancellationError())
        }
    }

    /// The middlewares are done with the request's head: what else came of it has its turn.
    private func passed(_ passage: RequestHooks.Passage, _ request: EngineRequest) {
        guard case .waiting(let parts) = phase, let context else { return }
        phase = .idle
        go(on: passage, request)
        take(parts, context: context)
    }

    private func go(on passage: RequestHooks.Passage, _ request: EngineRequest) {
        switch passage {
        case .pass(let headers):
            loop.arm(self, at: loop.now + listener.limits.bodyTimeout.milliseconds)
            var request = request
            request.extraHeaders = headers
            begin(request)
        case .answer(let response):
            phase = .skipping
            if request.isUpgrade {
                answerUpgrade(response)
            } else {
                makeExchange(request).respond(response)
            }
        case .refuse(let error, let cause):
            phase = .skipping
            refuse(error, request, cause: cause)
        }
    }
}
