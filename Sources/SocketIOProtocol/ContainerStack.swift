/// The containers that are open around a place in a JSON text: one bit each, in place, never on the heap.
struct ContainerStack {
    /// As many as Foundation's decoder follows; what it would refuse need not get that far.
    static let capacity = 512

    private var isObject: InlineArray<8, UInt64> = .init(repeating: 0)
    private let limit: Int
    private(set) var depth = 0

    init(limit: Int) {
        self.limit = min(limit, Self.capacity)
    }

    /// Opens a container; false when it would be one too many.
    mutating func push(object: Bool) -> Bool {
        guard self.depth < self.limit else { return false }
        let bit = UInt64(1) << UInt64(self.depth & 63)
        if object {
            self.isObject[self.depth >> 6] |= bit
        } else {
            self.isObject[self.depth >> 6] &= ~bit
        }
        self.depth += 1
        return true
    }

    /// Closes the innermost container.
    mutating func pop() {
        self.depth = max(0, self.depth - 1)
    }

    /// Whether the innermost container is an object; nil when none is open.
    var topIsObject: Bool? {
        guard self.depth > 0 else { return nil }
        let top = self.depth - 1
        return self.isObject[top >> 6] & (UInt64(1) << UInt64(top & 63)) != 0
    }
}
