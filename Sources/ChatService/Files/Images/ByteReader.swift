/// Reads a file of any size through a window of 64 KiB. Whatever lies outside the file is `nil`, never a trap.
struct ByteReader {
    /// Bytes of the file.
    let count: Int
    private let load: (_ offset: Int, _ count: Int) throws -> [UInt8]
    private var window: [UInt8] = []
    private var start = 0

    static let windowSize = 64 << 10

    /// Reads by `load`, which answers the bytes at an offset, fewer only at the end of the file.
    init(count: Int, load: @escaping (_ offset: Int, _ count: Int) throws -> [UInt8]) {
        self.count = count
        self.load = load
    }

    init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { offset, count in Array(bytes.dropFirst(offset).prefix(count)) }
    }

    mutating func byte(at offset: Int) throws -> UInt8? {
        guard offset >= 0, offset < count else { return nil }
        if offset < start || offset - start >= window.count {
            window = try load(offset, min(Self.windowSize, count - offset))
            start = offset
        }
        let index = offset - start
        return index < window.count ? window[index] : nil
    }

    /// So many bytes; `nil` when the file ends before that. `count` is at most 64 KiB.
    mutating func bytes(at offset: Int, count length: Int) throws -> [UInt8]? {
        guard offset >= 0, length >= 0, length <= Self.windowSize, offset <= count, length <= count - offset
        else {
            return nil
        }
        if offset < start || offset - start > window.count || length > window.count - (offset - start) {
            window = try load(offset, min(Self.windowSize, count - offset))
            start = offset
        }
        let index = offset - start
        guard index <= window.count, length <= window.count - index else { return nil }
        return Array(window[index..<index + length])
    }

    mutating func big16(at offset: Int) throws -> Int? {
        try bytes(at: offset, count: 2)?.reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func big32(at offset: Int) throws -> Int? {
        try bytes(at: offset, count: 4)?.reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func little16(at offset: Int) throws -> Int? {
        try bytes(at: offset, count: 2)?.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func little24(at offset: Int) throws -> Int? {
        try bytes(at: offset, count: 3)?.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func little32(at offset: Int) throws -> Int? {
        try bytes(at: offset, count: 4)?.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func has(_ text: StaticString, at offset: Int) throws -> Bool {
        let wanted = text.withUTF8Buffer { Array($0) }
        return try bytes(at: offset, count: wanted.count) == wanted
    }
}
