/// Reads the little-endian numbers of a ZIP file; behind the end there are zeros.
struct ZipReader {
    private let all: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { all = bytes }

    var left: Int { max(0, all.count - place) }

    mutating func skip(_ count: Int) { place += count }

    mutating func short() -> UInt16 { UInt16(truncatingIfNeeded: value(2)) }

    mutating func long() -> UInt32 { UInt32(truncatingIfNeeded: value(4)) }

    /// A number of 64 bits that this machine can count to.
    mutating func number() throws(ArchiveProblem) -> Int {
        guard left >= 8, let number = Int(exactly: value(8)) else {
            throw ArchiveProblem("The archive is damaged.")
        }
        return number
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        defer { place += count }
        return Array(all.dropFirst(place).prefix(count))
    }

    private mutating func value(_ count: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<count where place + index < all.count {
            value |= UInt64(all[place + index]) << (8 * UInt64(index))
        }
        place += count
        return value
    }
}
