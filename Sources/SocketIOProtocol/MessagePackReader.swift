/// Reads MessagePack values one after the other (github.com/msgpack/msgpack, spec.md).
///
/// Every length is compared with the bytes that are there before it is used; containers are announced, not
/// entered, so that nothing here recurses or allocates.
///
/// The bytes must be the same at each call.
struct MessagePackReader {
    private(set) var index = 0

    /// The text in a range; what is no UTF-8 reads as U+FFFD, such as half a surrogate pair of JavaScript.
    static func text(_ range: Range<Int>, in bytes: Span<UInt8>) -> String {
        if let valid = try? UTF8Span(validating: bytes.extracting(range)) { return String(copying: valid) }
        return String(decoding: Self.copy(range, of: bytes), as: UTF8.self)
    }

    static func copy(_ range: Range<Int>, of bytes: Span<UInt8>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for index in range { copy.append(bytes[index]) }
        return copy
    }

    /// Reads past one value and everything in it.
    mutating func skip(in bytes: Span<UInt8>) throws(SocketIOViolation) {
        var left = 1
        while left > 0 {
            left -= 1
            switch try self.next(in: bytes) {
            // Counts have 32 bits, and every value takes a byte: this cannot overflow.
            case .array(let count): left += count
            case .map(let count): left += 2 * count
            default: break
            }
        }
    }

    /// The next value.
    ///
    /// - Throws: `.malformedMessagePack` when the bytes end before the value does, or say what is not defined.
    mutating func next(in bytes: Span<UInt8>) throws(SocketIOViolation) -> MessagePackValue {
        let head = UInt8(truncatingIfNeeded: try self.unsigned(1, bytes))
        switch head {
        case 0x00...0x7F: return .integer(Int64(head))
        case 0x80...0x8F: return .map(Int(head & 0x0F))
        case 0x90...0x9F: return .array(Int(head & 0x0F))
        case 0xA0...0xBF: return .string(try self.take(Int(head & 0x1F), bytes))
        case 0xC0: return .nil
        case 0xC2: return .bool(false)
        case 0xC3: return .bool(true)
        case 0xC4, 0xC5, 0xC6: return .binary(try self.sized(1 << Int(head - 0xC4), bytes))
        case 0xC7, 0xC8, 0xC9:
            return try self.ext(length: Int(try self.unsigned(1 << Int(head - 0xC7), bytes)), bytes)
        case 0xCA: return .number(Double(Float(bitPattern: UInt32(try self.unsigned(4, bytes)))))
        case 0xCB: return .number(Double(bitPattern: try self.unsigned(8, bytes)))
        case 0xCC, 0xCD, 0xCE, 0xCF:
            let value = try self.unsigned(1 << Int(head - 0xCC), bytes)
            return Int64(exactly: value).map { .integer($0) } ?? .unsigned(value)
        case 0xD0: return .integer(Int64(Int8(truncatingIfNeeded: try self.unsigned(1, bytes))))
        case 0xD1: return .integer(Int64(Int16(truncatingIfNeeded: try self.unsigned(2, bytes))))
        case 0xD2: return .integer(Int64(Int32(truncatingIfNeeded: try self.unsigned(4, bytes))))
        case 0xD3: return .integer(Int64(bitPattern: try self.unsigned(8, bytes)))
        case 0xD4, 0xD5, 0xD6, 0xD7, 0xD8: return try self.ext(length: 1 << Int(head - 0xD4), bytes)
        case 0xD9, 0xDA, 0xDB: return .string(try self.sized(1 << Int(head - 0xD9), bytes))
        case 0xDC, 0xDD: return .array(Int(try self.unsigned(2 << Int(head - 0xDC), bytes)))
        case 0xDE, 0xDF: return .map(Int(try self.unsigned(2 << Int(head - 0xDE), bytes)))
        case 0xE0...0xFF: return .integer(Int64(Int8(bitPattern: head)))
        // 0xC1 is never used.
        default: throw .malformedMessagePack
        }
    }

    private mutating func ext(length: Int, _ bytes: Span<UInt8>) throws(SocketIOViolation) -> MessagePackValue
    {
        let type = Int8(truncatingIfNeeded: try self.unsigned(1, bytes))
        let start = self.index
        let content = try self.take(length, bytes)
        switch (type, length) {
        case (0, 1) where bytes[start] == 0:
            return .undefined
        case (0, 8):
            // notepack's Date: a signed number of milliseconds.
            return .date(Int64(bitPattern: Self.bigEndian(start, 8, bytes)))
        case (-1, 4):
            return .date(Int64(Self.bigEndian(start, 4, bytes)) * 1_000)
        case (-1, 8):
            let value = Self.bigEndian(start, 8, bytes)
            return .date(Int64(value & 0x3_FFFF_FFFF) * 1_000 + Int64(value >> 34) / 1_000_000)
        case (-1, 12):
            let seconds = Int64(bitPattern: Self.bigEndian(start + 4, 8, bytes))
            let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
            guard !overflow else { return .nil }
            return .date(milliseconds &+ Int64(Self.bigEndian(start, 4, bytes)) / 1_000_000)
        default:
            return .ext(type, content)
        }
    }

    private mutating func sized(_ lengthBytes: Int, _ bytes: Span<UInt8>) throws(SocketIOViolation) -> Range<
        Int
    > {
        try self.take(Int(try self.unsigned(lengthBytes, bytes)), bytes)
    }

    private mutating func take(_ count: Int, _ bytes: Span<UInt8>) throws(SocketIOViolation) -> Range<Int> {
        guard count <= bytes.count - self.index else { throw .malformedMessagePack }
        let start = self.index
        self.index += count
        return start..<self.index
    }

    /// An unsigned number of 1, 2, 4 or 8 bytes.
    private mutating func unsigned(_ size: Int, _ bytes: Span<UInt8>) throws(SocketIOViolation) -> UInt64 {
        let range = try self.take(size, bytes)
        return Self.bigEndian(range.lowerBound, size, bytes)
    }

    private static func bigEndian(_ start: Int, _ size: Int, _ bytes: Span<UInt8>) -> UInt64 {
        var value: UInt64 = 0
        for index in start..<(start + size) { value = value << 8 | UInt64(bytes[index]) }
        return value
    }
}
