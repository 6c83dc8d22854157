/// Both things that are asked of a binary packet's payload, in one scan.
struct BinaryPayloadVisitor: JSONVisitor {
    private(set) var payload: PayloadVisitor
    private var placeholders: PlaceholderVisitor

    init(maxElements: Int, attachmentCount: Int) {
        self.payload = PayloadVisitor(maxElements: maxElements)
        self.placeholders = PlaceholderVisitor(attachmentCount: attachmentCount)
    }

    mutating func begin(_ kind: JSONKind, at index: Int, depth: Int) throws(SocketIOViolation) {
        try self.payload.begin(kind, at: index, depth: depth)
        self.placeholders.begin(kind, at: index, depth: depth)
    }

    mutating func end(
        _ kind: JSONKind, at index: Int, depth: Int, in bytes: Span<UInt8>
    ) throws(SocketIOViolation) {
        self.payload.end(kind, at: index, depth: depth, in: bytes)
        try self.placeholders.end(kind, at: index, depth: depth, in: bytes)
    }

    mutating func key(_ token: Range<Int>, depth: Int, in bytes: Span<UInt8>) {
        self.placeholders.key(token, depth: depth, in: bytes)
    }
}
