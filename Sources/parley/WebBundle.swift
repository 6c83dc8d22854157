internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#endif

/// The web client that `bin/dev package` puts behind the program in one file: the files' contents one after the other, a
/// JSON index (`{"index.html": [offset, length], ...}`), the lengths of both as little-endian 64-bit numbers, and
/// ``magic``.
struct WebBundle {
    static let magic = Array("PARLEYW1".utf8)
    private static let trailer = 24
    private static let mostBytes = 256 << 20

    /// By path without a leading slash.
    let files: [String: Data]

    /// The bundle in the running executable; `nil` when it carries none.
    ///
    /// - Throws: ``Damaged`` when there is one that cannot be read.
    static func ofThisExecutable() throws(Damaged) -> WebBundle? {
        guard let file = FileReading(path: "/proc/self/exe") else { return nil }
        return try WebBundle(file)
    }

    private init?(_ file: FileReading) throws(Damaged) {
        guard file.size >= Self.trailer, let end = file.bytes(at: file.size - Self.trailer, Self.trailer),
            Array(end.suffix(Self.magic.count)) == Self.magic
        else { return nil }
        let contents = Self.number(end.prefix(8)), index = Self.number(end.dropFirst(8).prefix(8))
        guard contents <= Self.mostBytes, index <= Self.mostBytes,
            case let start = file.size - Self.trailer - index - contents, start >= 0,
            let listing = file.bytes(at: start + contents, index),
            let places = try? JSONDecoder().decode([String: [Int]].self, from: listing)
        else { throw Damaged() }
        var files: [String: Data] = [:]
        for (path, place) in places {
            guard place.count == 2, (0...contents).contains(place[0]),
                (0...contents - place[0]).contains(place[1]),
                let data = file.bytes(at: start + place[0], place[1])
            else { throw Damaged() }
            files[path] = data
        }
        self.files = files
    }

    private static func number(_ bytes: Data) -> Int {
        Int(truncatingIfNeeded: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & 0x7FFF_FFFF)
    }

    /// The executable's own web client is not readable.
    struct Damaged: Error, CustomStringConvertible {
        var description: String {
            "the web client inside this executable is damaged; copy the file anew, or name a folder with --web"
        }
    }
}

/// A file that is open for reading.
private final class FileReading {
    let size: Int
    private let descriptor: Int32

    init?(path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        size = Int(lseek(descriptor, 0, SEEK_END))
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func bytes(at offset: Int, _ count: Int) -> Data? {
        guard count >= 0, offset >= 0, offset <= size, count <= size - offset else { return nil }
        var data = Data(count: count)
        var done = 0
        while done < count {
            let got = data.withUnsafeMutableBytes { room in
                pread(descriptor, room.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
            }
            guard got > 0 else { return nil }
            done += got
        }
        return data
    }
}
