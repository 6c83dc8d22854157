internal import Synchronization

/// Opens once, when the store is closed; whoever waits then goes on.
final class CloseGate: Sendable {
    private enum State: Sendable {
        case waiting([CheckedContinuation<Void, Never>])
        case open
    }

    private let state = Mutex(State.waiting([]))

    func open() {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard case .waiting(let waiters) = state else { return [] }
            state = .open
            return waiters
        }
        for waiter in waiters {
            waiter.resume()
        }
    }

    nonisolated(nonsending) func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                guard case .waiting(let waiters) = state else { return true }
                state = .waiting(waiters + [continuation])
                return false
            }
            if isOpen { continuation.resume() }
        }
    }
}
