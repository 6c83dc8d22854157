internal import ChatDomain
internal import Glibc

/// A picture of a page.
enum PreviewPicture {
    /// Checks, cleans and keeps it; throws for everything that is no picture whose container can be cleaned. Blocks.
    static func write(
        _ bytes: [UInt8], to scratch: String, settling place: String, in depot: FileDepot
    ) throws -> FinishedFile {
        defer { unlink(scratch) }
        try OpenFile(scratch, O_WRONLY | O_CREAT | O_EXCL).append(bytes)
        let finished = try FinishedFile.finishing(scratch)
        guard finished.size != nil else { throw ChatError.wrongType("This is no picture.") }
        try depot.settle(scratch, as: place)
        return finished
    }
}
