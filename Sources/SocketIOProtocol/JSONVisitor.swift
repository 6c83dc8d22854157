/// The kinds of JSON value (RFC 8259, section 3).
enum JSONKind: Equatable, Sendable {
    case object, array, string, number, `true`, `false`, null

    /// Whether no other value can be inside.
    var isScalar: Bool { self != .object && self != .array }
}

/// What somebody wants to know about a JSON text while `JSONScanner` walks it.
///
/// `depth` counts the containers around the value.
protocol JSONVisitor {
    /// A value starts at `index`.
    mutating func begin(_ kind: JSONKind, at index: Int, depth: Int) throws(SocketIOViolation)
    /// The value that started last at this depth ends before `index`.
    mutating func end(_ kind: JSONKind, at index: Int, depth: Int, in bytes: Span<UInt8>)
        throws(SocketIOViolation)
    /// A member's key, quotes included; the value of the member follows.
    mutating func key(_ token: Range<Int>, depth: Int, in bytes: Span<UInt8>) throws(SocketIOViolation)
}

/// Wants to know nothing but whether the text is JSON.
struct NoVisitor: JSONVisitor {
    mutating func begin(_ kind: JSONKind, at index: Int, depth: Int) {}
    mutating func end(_ kind: JSONKind, at index: Int, depth: Int, in bytes: Span<UInt8>) {}
    mutating func key(_ token: Range<Int>, depth: Int, in bytes: Span<UInt8>) {}
}
