internal import NIOCore

/// Somebody who waits for one value, and gets it or an error once, whoever comes first.
///
/// Confined to its event loop, but for ``value()``.
final class Waiter<Value: Sendable>: @unchecked Sendable {
    private let promise: EventLoopPromise<Value>
    private var timer: Scheduled<Void>?
    private(set) var isDone = false

    init(_ eventLoop: any EventLoop) { promise = eventLoop.makePromise() }

    deinit {
        if !isDone { promise.fail(ClientError.disconnected) }
    }

    /// Fails with `error` unless it is done by then. `onTimeout` runs just before.
    func setDeadline(
        in time: TimeAmount, on eventLoop: any EventLoop, error: any Error & Sendable,
        onTimeout: @escaping @Sendable () -> Void = {}
    ) {
        timer = eventLoop.scheduleTask(in: time) {
            onTimeout()
            self.fail(error)
        }
    }

    func succeed(_ value: Value) {
        guard finish() else { return }
        promise.succeed(value)
    }

    func fail(_ error: any Error) {
        guard finish() else { return }
        promise.fail(error)
    }

    private func finish() -> Bool {
        guard !isDone else { return false }
        isDone = true
        timer?.cancel()
        timer = nil
        return true
    }

    /// Waits; `onCancel` is called when the task is cancelled.
    func value(onCancel: @escaping @Sendable () -> Void) async throws -> Value {
        try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            onCancel()
        }
    }
}
