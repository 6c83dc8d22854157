/// Walks one JSON value from end to end, once, without recursion and without the heap.
///
/// The grammar is RFC 8259's to the letter: no comments, no trailing commas, no leading zeros or plus signs,
/// no raw control characters in strings. Escaped surrogates may stand alone, as JavaScript allows. That the
/// bytes are UTF-8 is the transport's promise and not looked at again.
///
/// ```
///            +----------------- value <---------------------+
///            |                    | scalar or empty container|
///   "[" "{"  |                    v                          | ","
///   (push) --+              after a value -------------------+
///                                 | "]" "}" (pop), until nothing is open -> end
/// ```
enum JSONScanner {
    /// Scans the value that starts at `start`, whitespace before it allowed.
    ///
    /// - Returns: The index after the value.
    /// - Throws: `.malformedJSON`, `.jsonTooDeep`, or what the visitor throws.
    static func scan<Visitor: JSONVisitor>(
        _ bytes: Span<UInt8>, from start: Int, maxDepth: Int, visitor: inout Visitor
    ) throws(SocketIOViolation) -> Int {
        var open = ContainerStack(limit: maxDepth)
        var index = start
        var goesOn = true
        while goesOn {
            index = Self.skipWhitespace(bytes, from: index)
            let kind = try Self.kind(bytes, at: index)
            try visitor.begin(kind, at: index, depth: open.depth)
            switch kind {
            case .object:
                guard open.push(object: true) else { throw .jsonTooDeep }
                index = Self.skipWhitespace(bytes, from: index + 1)
                guard Self.has(UInt8(ascii: "}"), bytes, at: index) else {
                    index = try Self.key(bytes, at: index, depth: open.depth, visitor: &visitor)
                    continue
                }
            case .array:
                guard open.push(object: false) else { throw .jsonTooDeep }
                index = Self.skipWhitespace(bytes, from: index + 1)
                guard Self.has(UInt8(ascii: "]"), bytes, at: index) else { continue }
            case .string: index = try JSONToken.endOfString(bytes, at: index)
            case .number: index = try JSONToken.endOfNumber(bytes, at: index)
            case .true: index = try JSONToken.endOfLiteral("true", bytes, at: index)
            case .false: index = try JSONToken.endOfLiteral("false", bytes, at: index)
            case .null: index = try JSONToken.endOfLiteral("null", bytes, at: index)
            }
            if kind.isScalar { try visitor.end(kind, at: index, depth: open.depth, in: bytes) }
            goesOn = try Self.afterValue(bytes, &index, &open, visitor: &visitor)
        }
        return index
    }

    /// Closes what closes here; true when another value must follow, false when the outermost one has ended.
    private static func afterValue<Visitor: JSONVisitor>(
        _ bytes: Span<UInt8>, _ index: inout Int, _ open: inout ContainerStack, visitor: inout Visitor
    ) throws(SocketIOViolation) -> Bool {
        while let inObject = open.topIsObject {
            index = Self.skipWhitespace(bytes, from: index)
            guard index < bytes.count else { throw .malformedJSON }
            let byte = bytes[index]
            if byte == UInt8(ascii: ",") {
                index += 1
                if inObject {
                    index = Self.skipWhitespace(bytes, from: index)
                    index = try Self.key(bytes, at: index, depth: open.depth, visitor: &visitor)
                }
                return true
            }
            guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { throw .malformedJSON }
            index += 1
            open.pop()
            try visitor.end(inObject ? .object : .array, at: index, depth: open.depth, in: bytes)
        }
        return false
    }

    /// Scans a member's key and its colon.
    private static func key<Visitor: JSONVisitor>(
        _ bytes: Span<UInt8>, at start: Int, depth: Int, visitor: inout Visitor
    ) throws(SocketIOViolation) -> Int {
        guard Self.has(UInt8(ascii: "\""), bytes, at: start) else { throw .malformedJSON }
        let end = try JSONToken.endOfString(bytes, at: start)
        try visitor.key(start..<end, depth: depth, in: bytes)
        let colon = Self.skipWhitespace(bytes, from: end)
        guard Self.has(UInt8(ascii: ":"), bytes, at: colon) else { throw .malformedJSON }
        return colon + 1
    }

    /// The kind of value that starts with the byte at `index`.
    static func kind(_ bytes: Span<UInt8>, at index: Int) throws(SocketIOViolation) -> JSONKind {
        guard index < bytes.count else { throw .malformedJSON }
        return switch bytes[index] {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number
        case UInt8(ascii: "t"): .true
        case UInt8(ascii: "f"): .false
        case UInt8(ascii: "n"): .null
        default: throw .malformedJSON
        }
    }

    /// The first index from `start` on that holds no JSON whitespace (RFC 8259, section 2).
    static func skipWhitespace(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count, Self.isWhitespace(bytes[index]) {
            index += 1
        }
        return index
    }

    static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static func has(_ byte: UInt8, _ bytes: Span<UInt8>, at index: Int) -> Bool {
        index < bytes.count && bytes[index] == byte
    }
}
