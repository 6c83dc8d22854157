/// Governs when a client connects, waits and gives up.
///
/// ```
///            open                 opened                  lost
///   idle -----------> connecting --------> connected ------------+
///    ^                 |      ^                                  |
///    |          failed |      | timerFired                       |
///    |                 v      |                                  |
///    |               waiting -+ <--------------------------------+
///    +---- close (from anywhere), and too many attempts
/// ```
///
/// Attempts count from the first reconnection; a connection that opens sets the count back to 0. Randomness
/// is a parameter; time is the driver's, which is told how long to wait.
struct ReconnectionStateMachine: Sendable {
    /// What to do after a connection failed or was lost.
    enum OnEnd: Equatable, Sendable {
        /// Call ``timerFired()`` in so many milliseconds; that will be attempt number `attempt`, from 1.
        case wait(milliseconds: Int64, attempt: Int)
        /// There will be no further attempt.
        case giveUp
        /// Nothing: the end was wanted, or belongs to no connection of ours.
        case none
    }

    /// What a connection that opened means.
    enum OnOpened: Equatable, Sendable {
        /// The first of this client, or the first after a wanted end.
        case connected
        /// It came back with the attempt of this number.
        case reconnected(attempt: Int)
        /// Nobody wants it any more: close it.
        case discard
    }

    private enum State: Sendable {
        case idle
        case connecting(attempt: Int)
        case connected
        case waiting(attempt: Int)
    }

    private var state = State.idle
    private let isEnabled: Bool
    private let maxAttempts: Int
    private let backoff: Backoff

    /// - Parameters:
    ///   - isEnabled: without, the first end is the last.
    ///   - maxAttempts: how often to try before giving up.
    init(isEnabled: Bool = true, maxAttempts: Int = .max, backoff: Backoff = .init()) {
        self.isEnabled = isEnabled
        self.maxAttempts = maxAttempts
        self.backoff = backoff
    }

    /// Somebody wants a connection. True when the driver has to start one.
    mutating func open() -> Bool {
        switch state {
        case .idle:
            state = .connecting(attempt: 0)
            return true
        case .connecting, .connected, .waiting:
            return false
        }
    }

    /// The connection is open.
    mutating func opened() -> OnOpened {
        switch state {
        case .connecting(let attempt):
            state = .connected
            return attempt == 0 ? .connected : .reconnected(attempt: attempt)
        case .idle, .connected, .waiting:
            return .discard
        }
    }

    /// The connection could not be opened, or ended.
    mutating func ended(using generator: inout some RandomNumberGenerator) -> OnEnd {
        switch state {
        case .connecting(let attempt): return wait(after: attempt, &generator)
        case .connected: return wait(after: 0, &generator)
        case .idle, .waiting: return .none
        }
    }

    private mutating func wait(after attempt: Int, _ generator: inout some RandomNumberGenerator) -> OnEnd {
        guard isEnabled, attempt < maxAttempts else {
            state = .idle
            return .giveUp
        }
        let next = attempt + 1
        state = .waiting(attempt: next)
        return .wait(milliseconds: backoff.milliseconds(attempt: attempt, using: &generator), attempt: next)
    }

    /// The time of ``OnEnd/wait(milliseconds:attempt:)`` is over: the number of the attempt to start, if any.
    mutating func timerFired() -> Int? {
        switch state {
        case .waiting(let attempt):
            state = .connecting(attempt: attempt)
            return attempt
        case .idle, .connecting, .connected:
            return nil
        }
    }

    /// Nobody wants a connection any more.
    mutating func close() {
        state = .idle
    }

    /// Whether a connection is open.
    var isConnected: Bool {
        if case .connected = state { return true }
        return false
    }
}
