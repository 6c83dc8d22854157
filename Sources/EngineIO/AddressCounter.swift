internal import Synchronization

/// Counts what each address has, up to a limit. Holds an entry for nobody who has nothing.
final class AddressCounter: Sendable {
    private let limit: Int
    private let counts = Mutex<[AddressKey: Int]>([:])

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether the address may have one more; if so, it has.
    func add(_ key: AddressKey) -> Bool {
        counts.withLock { counts in
            let count = counts[key, default: 0]
            guard count < limit else { return false }
            counts[key] = count + 1
            return true
        }
    }

    /// The address has one less.
    func remove(_ key: AddressKey) {
        counts.withLock { counts in
            guard let count = counts[key] else { return }
            counts[key] = count > 1 ? count - 1 : nil
        }
    }

    /// How many addresses have something.
    var addressCount: Int { counts.withLock(\.count) }
}
