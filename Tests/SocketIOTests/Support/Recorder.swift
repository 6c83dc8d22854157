internal import Synchronization

/// What handlers saw, in order; a test can wait for the next.
final class Recorder<Value: Sendable>: Sendable {
    private struct State {
        var values: [Value] = []
        var taken = 0
        var waiter: CheckedContinuation<Value, Never>?
    }

    private let state = Mutex(State())

    func add(_ value: Value) {
        let waiter: CheckedContinuation<Value, Never>? = state.withLock { state in
            state.values.append(value)
            guard let waiter = state.waiter else { return nil }
            state.waiter = nil
            state.taken += 1
            return waiter
        }
        waiter?.resume(returning: value)
    }

    /// Everything so far.
    var all: [Value] { state.withLock { $0.values } }

    /// The first that was not taken before; waits for it. For one waiter at a time.
    func next() async -> Value {
        await withCheckedContinuation { continuation in
            let value: Value? = state.withLock { state in
                guard state.taken < state.values.count else {
                    state.waiter = continuation
                    return nil
                }
                state.taken += 1
                return state.values[state.taken - 1]
            }
            if let value { continuation.resume(returning: value) }
        }
    }
}
