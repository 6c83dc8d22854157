internal import Synchronization

/// What handlers saw, in order; a test waits for the next. For one waiter at a time.
final class Signals<Value: Sendable>: Sendable {
    private let values: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() { (values, continuation) = AsyncStream.makeStream() }

    func send(_ value: Value) { continuation.yield(value) }

    /// The next value; waits for it. nil when the test's time is over.
    func next() async -> Value? {
        var iterator = values.makeAsyncIterator()
        return await iterator.next()
    }

    /// The next so many values.
    func next(_ count: Int) async -> [Value] {
        var all: [Value] = []
        for _ in 0..<count { if let value = await next() { all.append(value) } }
        return all
    }
}
