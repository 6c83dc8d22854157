internal import Synchronization

/// Events between a socket and one stream of them: bounded, and whoever is ahead waits for the other.
final class EventBuffer: Sendable {
    private struct State {
        var events: [ClientEvent] = []
        var isFinished = false
        var consumer: CheckedContinuation<ClientEvent?, Never>?
        var producers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int) { self.capacity = max(1, capacity) }

    /// Adds an event; returns when there is room for another.
    func deliver(_ event: ClientEvent) async {
        await withCheckedContinuation { continuation in
            let (consumer, hasRoom): (CheckedContinuation<ClientEvent?, Never>?, Bool) = state.withLock {
                state in
                guard !state.isFinished else { return (nil, true) }
                if let consumer = state.consumer {
                    state.consumer = nil
                    return (consumer, true)
                }
                state.events.append(event)
                if state.events.count < capacity { return (nil, true) }
                state.producers.append(continuation)
                return (nil, false)
            }
            consumer?.resume(returning: event)
            if hasRoom { continuation.resume() }
        }
    }

    /// The next event; nil after the end, and when the task is cancelled. For one caller at a time: a second
    /// one gets nil.
    func next() async -> ClientEvent? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<ClientEvent?, Never>) in
                enum Outcome {
                    case value(ClientEvent?, [CheckedContinuation<Void, Never>])
                    case waits
                }
                let isCancelled = Task.isCancelled
                let outcome: Outcome = state.withLock { state in
                    if !state.events.isEmpty {
                        let event = state.events.removeFirst()
                        defer { state.producers = [] }
                        return .value(event, state.producers)
                    }
                    guard !state.isFinished, !isCancelled, state.consumer == nil else {
                        return .value(nil, [])
                    }
                    state.consumer = continuation
                    return .waits
                }
                if case .value(let event, let producers) = outcome {
                    for producer in producers { producer.resume() }
                    continuation.resume(returning: event)
                }
            }
        } onCancel: {
            let consumer: CheckedContinuation<ClientEvent?, Never>? = state.withLock { state in
                defer { state.consumer = nil }
                return state.consumer
            }
            consumer?.resume(returning: nil)
        }
    }

    /// No further events; those that wait can still be taken.
    func finish() {
        let (consumer, producers) = state.withLock { state in
            state.isFinished = true
            defer {
                state.consumer = nil
                state.producers = []
            }
            return (state.consumer, state.producers)
        }
        consumer?.resume(returning: nil)
        for producer in producers { producer.resume() }
    }
}
