internal import Dispatch
internal import Synchronization

/// The bounded queue before the writing thread. Whatever gathers while the thread is busy is its next batch.
final class WriteQueue: Sendable {
    /// What became of a write that wanted to queue.
    enum Admission: Sendable {
        case queued, full, closed
    }

    private struct State: Sendable {
        var waiting: [QueuedWrite] = []
        /// Places at the front of `waiting` that were taken already.
        var taken = 0
        var isIdle = false
        var isClosed = false
        var rejected = 0

        var count: Int { waiting.count - taken }
    }

    private let capacity: Int
    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// Writes that wait now, and writes that found no place so far.
    var counts: (waiting: Int, rejected: Int) {
        state.withLock { ($0.count, $0.rejected) }
    }

    func add(_ write: QueuedWrite) -> Admission {
        let (admission, mustWake) = state.withLock { state -> (Admission, Bool) in
            guard !state.isClosed else { return (.closed, false) }
            guard state.count < capacity else {
                state.rejected += 1
                return (.full, false)
            }
            state.waiting.append(write)
            let wasIdle = state.isIdle
            state.isIdle = false
            return (.queued, wasIdle)
        }
        if mustWake { wake.signal() }
        return admission
    }

    /// Refuses further writes; those that wait are still done. Whether it was open until now.
    func close() -> Bool {
        let (wasOpen, mustWake) = state.withLock { state -> (Bool, Bool) in
            let result = (!state.isClosed, state.isIdle)
            state.isClosed = true
            state.isIdle = false
            return result
        }
        if mustWake { wake.signal() }
        return wasOpen
    }

    /// Waits until there is a write, and takes what is there, at most `limit`. Empty: closed and done. For the
    /// writing thread only.
    func next(limit: Int) -> [QueuedWrite] {
        while true {
            let batch = state.withLock { state -> [QueuedWrite]? in
                guard state.count > 0 else {
                    if state.isClosed { return [] }
                    state.isIdle = true
                    return nil
                }
                let end = min(state.waiting.count, state.taken + limit)
                let batch = Array(state.waiting[state.taken..<end])
                state.taken = end
                // Moving the rest up costs as much as the rest is long: only when that is less than what was taken.
                if state.taken * 2 >= state.waiting.count {
                    state.waiting.removeFirst(state.taken)
                    state.taken = 0
                }
                return batch
            }
            if let batch { return batch }
            wake.wait()
        }
    }
}
