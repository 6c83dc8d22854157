internal import CZlib

/// A ZIP file that is not trusted: names that lead elsewhere, entries that unfold to a thousand times their size,
/// entries that lie over one another and names that come twice are refused before anything is read.
///
/// Stored and deflated entries, with the large sizes of ZIP64; no encryption, no parts.
public final class ZipArchive: Sendable {
    /// One file in the archive.
    struct Entry: Sendable {
        let name: String
        let count: Int
        let packed: Int
        let method: UInt16
        let crc: UInt32
        let header: Int
    }

    private static let mostEntries = 1_000_000
    private static let mostDirectory = 256 << 20
    /// How much more than the archive all of its files may be.
    private static let mostGrowth = 100
    private static let freeGrowth = 64 << 20

    private let file: ArchiveFile
    /// By name, without folders.
    let entries: [String: Entry]

    /// Opens the archive at `path` and looks at its list of files.
    ///
    /// - Throws: ``ArchiveProblem``.
    public init(path: String) throws(ArchiveProblem) {
        file = try ArchiveFile(path)
        let end = try Self.end(of: file)
        guard end.count <= Self.mostEntries, end.size <= Self.mostDirectory else {
            throw ArchiveProblem("The archive has too many files.")
        }
        var reader = ZipReader(try file.bytes(at: end.offset, end.size))
        var entries: [String: Entry] = [:]
        var (total, places): (Int, [(start: Int, end: Int)]) = (0, [])
        for _ in 0..<end.count {
            guard let entry = try Self.entry(&reader) else { continue }
            guard entries.updateValue(entry, forKey: entry.name) == nil else {
                throw ArchiveProblem("The archive holds \(entry.name) twice.")
            }
            total = total.addingReportingOverflow(entry.count).partialValue
            guard total >= 0, total / Self.mostGrowth <= file.count + Self.freeGrowth / Self.mostGrowth else {
                throw ArchiveProblem(
                    "The archive unfolds to more than \(Self.mostGrowth) times its size: it is not taken.")
            }
            guard entry.header < end.offset, entry.packed <= end.offset - entry.header else {
                throw ArchiveProblem("The archive is damaged: \(entry.name) lies outside of it.")
            }
            places.append((entry.header, entry.header + 30 + entry.packed))
        }
        places.sort { $0.start < $1.start }
        for (one, next) in zip(places, places.dropFirst()) where next.start < one.end {
            throw ArchiveProblem("Files of the archive lie over one another: it is not taken.")
        }
        self.entries = entries
    }

    /// The content of a small file.
    ///
    /// - Throws: ``ArchiveProblem`` also when it has more than `limit` bytes.
    func content(of entry: Entry, limit: Int) throws(ArchiveProblem) -> [UInt8] {
        guard entry.count <= limit else {
            throw ArchiveProblem("\(entry.name) has more than \(limit >> 20) MiB.")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entry.count)
        try read(entry) { piece throws(ArchiveProblem) in bytes += piece }
        return bytes
    }

    /// Gives the content of a file in pieces, and checks it.
    func read(
        _ entry: Entry, to output: ([UInt8]) throws(ArchiveProblem) -> Void
    ) throws(ArchiveProblem) {
        var head = ZipReader(try file.bytes(at: entry.header, 30))
        guard head.long() == 0x0403_4B50 else { throw ArchiveProblem("The archive is damaged.") }
        head.skip(22)
        var offset = entry.header + 30 + Int(head.short()) + Int(head.short())
        var left = entry.packed
        var (count, sum) = (0, crc32(0, nil, 0))
        func take(_ piece: [UInt8]) throws(ArchiveProblem) {
            count += piece.count
            guard count <= entry.count else {
                throw ArchiveProblem("\(entry.name) is larger than the archive says: it is not taken.")
            }
            sum = crc32(sum, piece, UInt32(piece.count))
            try output(piece)
        }
        if entry.method == 0 {
            while left > 0 {
                let piece = try file.bytes(at: offset, min(left, 64 << 10))
                try take(piece)
                (offset, left) = (offset + piece.count, left - piece.count)
            }
        } else {
            var inflating = try Inflating()
            while left > 0 && !inflating.isComplete {
                let piece = try file.bytes(at: offset, min(left, 64 << 10))
                try inflating.write(piece, to: take)
                (offset, left) = (offset + piece.count, left - piece.count)
            }
            guard inflating.isComplete else { throw ArchiveProblem("\(entry.name) ends in the middle.") }
        }
        guard count == entry.count, UInt32(truncatingIfNeeded: sum) == entry.crc else {
            throw ArchiveProblem("\(entry.name) is damaged.")
        }
    }

    // MARK: - The list of files

    private static func end(
        of file: ArchiveFile
    ) throws(ArchiveProblem) -> (count: Int, size: Int, offset: Int) {
        let length = min(file.count, 65_557)
        let tail = try file.bytes(at: file.count - length, length)
        guard length >= 22,
            let start = stride(from: length - 22, through: 0, by: -1).first(where: {
                tail[$0..<($0 + 4)].elementsEqual([0x50, 0x4B, 0x05, 0x06])
            })
        else { throw ArchiveProblem("This is no ZIP file.") }
        var reader = ZipReader(Array(tail[start...]))
        reader.skip(10)
        var end = (count: Int(reader.short()), size: Int(reader.long()), offset: Int(reader.long()))
        if end.count == 0xFFFF || end.size == 0xFFFF_FFFF || end.offset == 0xFFFF_FFFF, start >= 20 {
            var locator = ZipReader(Array(tail[(start - 20)..<start]))
            guard locator.long() == 0x0706_4B50 else { throw ArchiveProblem("The archive is damaged.") }
            locator.skip(4)
            var large = ZipReader(try file.bytes(at: locator.number(), 56))
            guard large.long() == 0x0606_4B50 else { throw ArchiveProblem("The archive is damaged.") }
            large.skip(28)
            end = (try large.number(), try large.number(), try large.number())
        }
        return end
    }

    /// The next entry of the list; nil for a folder.
    private static func entry(_ reader: inout ZipReader) throws(ArchiveProblem) -> Entry? {
        guard reader.left >= 46, reader.long() == 0x0201_4B50 else {
            throw ArchiveProblem("The archive's list of files is damaged.")
        }
        reader.skip(4)
        let (flags, method) = (reader.short(), reader.short())
        reader.skip(4)
        let crc = reader.long()
        var (packed, count) = (Int(reader.long()), Int(reader.long()))
        let (nameLength, extraLength, commentLength) = (
            Int(reader.short()), Int(reader.short()), Int(reader.short())
        )
        reader.skip(8)
        var header = Int(reader.long())
        guard reader.left >= nameLength + extraLength + commentLength else {
            throw ArchiveProblem("The archive's list of files is damaged.")
        }
        guard let name = String(validating: reader.bytes(nameLength), as: UTF8.self) else {
            throw ArchiveProblem("The archive holds a file whose name is no UTF-8.")
        }
        var extra = ZipReader(reader.bytes(extraLength))
        while extra.left >= 4 {
            let (kind, length) = (extra.short(), Int(extra.short()))
            guard length <= extra.left else { break }
            var field = ZipReader(extra.bytes(length))
            guard kind == 1 else { continue }
            if count == 0xFFFF_FFFF { count = try field.number() }
            if packed == 0xFFFF_FFFF { packed = try field.number() }
            if header == 0xFFFF_FFFF { header = try field.number() }
        }
        reader.skip(commentLength)
        if name.hasSuffix("/") { return nil }
        try requireHarmless(name)
        guard flags & 1 == 0 else { throw ArchiveProblem("\(name) is encrypted.") }
        guard method == 0 || method == 8 else {
            throw ArchiveProblem("\(name) is packed in a way that is not known here.")
        }
        // Deflate cannot do better than 1:1032.
        guard method == 0 ? packed == count : count / 1_040 <= packed + 1 else {
            throw ArchiveProblem("\(name) unfolds to more than it can be: it is not taken.")
        }
        return Entry(name: name, count: count, packed: packed, method: method, crc: crc, header: header)
    }

    private static func requireHarmless(_ name: String) throws(ArchiveProblem) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isHarmless =
            !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." })
            && !name.contains("\\") && !name.unicodeScalars.contains(where: { $0.value < 0x20 })
        guard isHarmless else {
            throw ArchiveProblem("The archive holds a file whose name leads elsewhere: it is not taken.")
        }
    }
}
