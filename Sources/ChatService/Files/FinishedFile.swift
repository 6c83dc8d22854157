internal import ChatDomain
internal import Glibc

/// A complete file: what its bytes say, cleaned of what they should not say.
struct FinishedFile: Sendable {
    let type: FileType
    let bytes: Int
    let size: StoredFile.Size?

    /// Looks at the file at `path`, and writes it anew when it is a picture. Blocks.
    static func finishing(_ path: String) throws -> FinishedFile {
        let file = try OpenFile(path, O_RDWR)
        let count = try file.count()
        let type = FileType.sniffed(try file.read(at: 0, count: FileType.sniffedBytes))
        var reader = ByteReader(count: count) { offset, count in try file.read(at: offset, count: count) }
        guard let plan = try ImagePlan.making(type, from: &reader) else {
            try file.sync()
            return FinishedFile(type: type, bytes: count, size: nil)
        }
        try plan.requirePixels()
        let clean = path + ".clean"
        do {
            let copy = try OpenFile(clean, O_WRONLY | O_CREAT | O_EXCL)
            try plan.write(from: file, to: copy)
            try copy.sync()
            guard rename(clean, path) == 0 else { throw FileFailure(operation: "rename", code: errno) }
        } catch {
            unlink(clean)
            throw error
        }
        return FinishedFile(type: type, bytes: plan.count, size: plan.size)
    }
}

extension ImagePlan {
    /// Throws `too_large` for a picture that a client could not hold in its memory.
    func requirePixels() throws {
        let (pixels, overflow) = size.width.multipliedReportingOverflow(by: size.height)
        guard !overflow, pixels <= Limits.imagePixels else {
            throw ChatError.tooLarge(
                "This picture has more than \(Limits.imagePixels / 1_000_000) million pixels.")
        }
    }

    func write(from file: OpenFile, to copy: OpenFile) throws {
        for piece in pieces {
            switch piece {
            case .bytes(let bytes): try copy.append(bytes)
            case .copy(let range):
                var offset = range.lowerBound
                while offset < range.upperBound {
                    let bytes = try file.read(at: offset, count: min(256 << 10, range.upperBound - offset))
                    guard !bytes.isEmpty else { throw DamagedImage() }
                    try copy.append(bytes)
                    offset += bytes.count
                }
            }
        }
    }
}
