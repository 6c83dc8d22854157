internal import Synchronization

/// Ids that are given one after the other.
final class IDs: Sendable {
    private let rest: Mutex<ArraySlice<String>>

    init(_ ids: [String]) { rest = Mutex(ids[...]) }

    func next() -> String? { rest.withLock { $0.popFirst() } }
}
