internal import ChatDomain
internal import Glibc

/// A file that is open; closes itself. Its calls block: see ``FileDepot/perform(_:)``.
final class OpenFile: Sendable {
    private let descriptor: Int32

    /// Opens `path`; `flags` are those of `open(2)`.
    init(_ path: String, _ flags: Int32) throws(FileFailure) {
        descriptor = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFailure(operation: "open", code: errno) }
    }

    deinit {
        close(descriptor)
    }

    func count() throws(FileFailure) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure(operation: "fstat", code: errno) }
        return Int(status.st_size)
    }

    /// Writes all of it behind what was written.
    func append(_ bytes: [UInt8]) throws(FileFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                guard errno == EINTR else { throw FileFailure(operation: "write", code: errno) }
                continue
            }
            rest = rest.dropFirst(written)
        }
    }

    /// At most `count` bytes at an offset; fewer only at the end.
    func read(at offset: Int, count: Int) throws(FileFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled)
                )
            }
            if got < 0 {
                guard errno == EINTR else { throw FileFailure(operation: "read", code: errno) }
                continue
            }
            if got == 0 { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Returns when everything is on disk.
    func sync() throws(FileFailure) {
        guard fsync(descriptor) == 0 else { throw FileFailure(operation: "fsync", code: errno) }
    }

    /// The same for the entries of a folder.
    static func syncFolder(_ path: String) throws(FileFailure) {
        try OpenFile(path, O_RDONLY | O_DIRECTORY).sync()
    }
}
