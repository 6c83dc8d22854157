/// Notes what the elements of a payload's array look like while it is scanned.
struct PayloadVisitor: JSONVisitor {
    /// More elements than this end the scan.
    let maxElements: Int
    private(set) var count = 0
    private(set) var firstKind: JSONKind?
    private(set) var firstStart = 0
    private(set) var firstEnd = 0
    private(set) var secondStart = 0
    private(set) var lastEnd = 0

    init(maxElements: Int) {
        self.maxElements = maxElements
    }

    mutating func begin(_ kind: JSONKind, at index: Int, depth: Int) throws(SocketIOViolation) {
        guard depth == 1 else { return }
        guard self.count < self.maxElements else { throw .tooManyArguments }
        self.count += 1
        if self.count == 1 {
            self.firstKind = kind
            self.firstStart = index
        } else if self.count == 2 {
            self.secondStart = index
        }
    }

    mutating func end(_ kind: JSONKind, at index: Int, depth: Int, in bytes: Span<UInt8>) {
        guard depth == 1 else { return }
        if self.count == 1 { self.firstEnd = index }
        self.lastEnd = index
    }

    mutating func key(_ token: Range<Int>, depth: Int, in bytes: Span<UInt8>) {}
}
