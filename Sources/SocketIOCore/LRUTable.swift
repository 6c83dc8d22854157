/// A table of at most `capacity` entries: whoever was not used for longest has to go.
///
/// A pure value; every operation costs a constant time, counted over many.
public struct LRUTable<Key: Hashable, Value> {
    private struct Entry {
        var value: Value
        var tick: UInt64
    }

    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    /// Every use, in order; only the last of a key means anything.
    private(set) var uses: [(key: Key, tick: UInt64)] = []
    private var firstUse = 0
    private var tick: UInt64 = 0

    /// A table for `capacity` entries, one at least.
    public init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// How many entries there are.
    public var count: Int { entries.count }

    /// All values, in no order.
    public var allValues: [Value] { entries.values.map(\.value) }

    /// The value of a key, which counts as a use.
    public mutating func value(_ key: Key) -> Value? {
        guard let entry = entries[key] else { return nil }
        set(key, entry.value)
        return entry.value
    }

    /// Sets the value of a key, which counts as a use.
    ///
    /// - Returns: what had to go for it.
    @discardableResult
    public mutating func set(_ key: Key, _ value: Value) -> (key: Key, value: Value)? {
        tick &+= 1
        entries[key] = Entry(value: value, tick: tick)
        uses.append((key, tick))
        defer { dropOldUses() }
        var gone: (key: Key, value: Value)?
        while entries.count > capacity, firstUse < uses.count {
            let use = uses[firstUse]
            firstUse += 1
            guard let entry = entries[use.key], entry.tick == use.tick else { continue }
            entries[use.key] = nil
            gone = (use.key, entry.value)
        }
        return gone
    }

    /// Takes an entry out.
    @discardableResult
    public mutating func remove(_ key: Key) -> Value? {
        entries.removeValue(forKey: key)?.value
    }

    /// Uses that mean nothing any more are dropped once they are more than half.
    private mutating func dropOldUses() {
        guard uses.count - firstUse > 2 * entries.count + 16 || firstUse > uses.count / 2 else { return }
        uses = uses[firstUse...].filter { entries[$0.key]?.tick == $0.tick }
        firstUse = 0
    }
}
