internal import Glibc

/// A file that is read at any place.
final class ArchiveFile: Sendable {
    let count: Int
    private let descriptor: Int32

    init(_ path: String) throws(ArchiveProblem) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ArchiveProblem("\(path) cannot be read.") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ArchiveProblem("\(path) is no file.")
        }
        count = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Exactly so many bytes at an offset.
    func bytes(at offset: Int, _ count: Int) throws(ArchiveProblem) -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
            throw ArchiveProblem("The archive ends in the middle.")
        }
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
            }
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else { throw ArchiveProblem("The archive could not be read to its end.") }
            done += got
        }
        return bytes
    }
}
