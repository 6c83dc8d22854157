import CZlib
import Foundation

/// Makes ZIP files, honest ones and others.
struct ZipMaker {
    struct File {
        var name: String
        var content: [UInt8]
        var isDeflated = false
        /// What the list says instead of the truth.
        var count: Int?
        var crc: UInt32?
        var flags: UInt16 = 0
        var method: UInt16?
        /// Lies where the file before it lies.
        var isOverlapping = false
    }

    private(set) var files: [File] = []

    init(_ files: [(String, String)] = []) {
        self.files = files.map { File(name: $0.0, content: Array($0.1.utf8)) }
    }

    mutating func add(_ file: File) { files.append(file) }

    var bytes: [UInt8] {
        var (body, list): ([UInt8], [UInt8]) = ([], [])
        var last = 0
        for file in files {
            let packed = file.isDeflated ? Self.deflated(file.content) : file.content
            let sum =
                file.crc ?? UInt32(truncatingIfNeeded: crc32(0, file.content, UInt32(file.content.count)))
            let count = file.count ?? file.content.count
            let method = file.method ?? (file.isDeflated ? 8 : 0)
            let common: [UInt8] =
                short(20) + short(file.flags) + short(method) + long(0) + long(sum)
                + long(UInt32(packed.count))
                + long(UInt32(count)) + short(UInt16(file.name.utf8.count)) + short(0)
            let offset = file.isOverlapping ? last : body.count
            last = offset
            if !file.isOverlapping {
                body += long(0x0403_4B50) + common + Array(file.name.utf8) + packed
            }
            list += long(0x0201_4B50) + short(20) + common + short(0) + short(0) + short(0) + long(0)
            list += long(UInt32(offset)) + Array(file.name.utf8)
        }
        let end =
            long(0x0605_4B50) + short(0) + short(0) + short(UInt16(files.count)) + short(UInt16(files.count))
            + long(UInt32(list.count)) + long(UInt32(body.count)) + short(0)
        return body + list + end
    }

    func write(to folder: URL, _ name: String = "export.zip") throws -> String {
        let url = folder.appending(path: name)
        try Data(bytes).write(to: url)
        return url.path
    }

    static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        _ = deflateInit2_(
            &stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        var (input, output) = (bytes, [UInt8](repeating: 0, count: bytes.count + 1_024))
        let count = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                _ = deflate(&stream, Z_FINISH)
                return target.count - Int(stream.avail_out)
            }
        }
        deflateEnd(&stream)
        return Array(output.prefix(count))
    }

    private func short(_ number: UInt16) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }

    private func long(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> (8 * $0) & 0xFF) } }
}
