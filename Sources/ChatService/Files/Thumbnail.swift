internal import ChatDomain
internal import Glibc

/// A small picture that a client made: of a file, or of a person.
enum Thumbnail {
    /// Checks, cleans and keeps it. `mayMove`: it may be a GIF. Blocks.
    static func write(
        _ bytes: [UInt8], to scratch: String, settling place: String, in depot: FileDepot,
        mayMove: Bool = false
    ) throws -> FinishedFile {
        defer { unlink(scratch) }
        try OpenFile(scratch, O_WRONLY | O_CREAT | O_EXCL).append(bytes)
        let finished = try FinishedFile.finishing(scratch)
        guard let size = finished.size, mayMove || finished.type != .gif else {
            throw ChatError.wrongType("A small picture is a JPEG, PNG or WebP file.")
        }
        guard max(size.width, size.height) <= Limits.thumbnailSide else {
            throw ChatError.tooLarge("A small picture has at most \(Limits.thumbnailSide) pixels a side.")
        }
        try depot.settle(scratch, as: place)
        return finished
    }
}
