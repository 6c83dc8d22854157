internal import Dispatch
internal import Synchronization

/// A bounded queue before threads that do nothing but its work.
final class WorkQueue<Work: Sendable>: Sendable {
    /// What became of work that wanted to queue.
    enum Admission: Sendable {
        case queued, full, closed
    }

    private struct State: Sendable {
        var waiting: [Work] = []
        /// Places at the front of `waiting` that were taken already.
        var taken = 0
        /// Threads that sleep.
        var idle = 0
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

    /// Work that waits now, and work that found no place so far.
    var counts: (waiting: Int, rejected: Int) {
        state.withLock { ($0.count, $0.rejected) }
    }

    func add(_ work: Work) -> Admission {
        let (admission, mustWake) = state.withLock { state -> (Admission, Bool) in
            guard !state.isClosed else { return (.closed, false) }
            guard state.count < capacity else {
                state.rejected += 1
                return (.full, false)
            }
            state.waiting.append(work)
            guard state.idle > 0 else { return (.queued, false) }
            state.idle -= 1
            return (.queued, true)
        }
        if mustWake { wake.signal() }
        return admission
    }

    /// Refuses further work; what waits is still done.
    func close() {
        let sleepers = state.withLock { state in
            defer { state.idle = 0 }
            state.isClosed = true
            return state.idle
        }
        for _ in 0..<sleepers { wake.signal() }
    }

    /// Waits until there is work, and takes what is there, at most `limit` pieces. Empty: closed and done. For the
    /// queue's threads only.
    func next(limit: Int) -> [Work] {
        while true {
            let batch = state.withLock { state -> [Work]? in
                guard state.count > 0 else {
                    if state.isClosed { return [] }
                    state.idle += 1
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
