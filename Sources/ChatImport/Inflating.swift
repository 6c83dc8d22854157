internal import CZlib

/// Undoes deflate without a header, piece by piece.
struct Inflating: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    private(set) var isComplete = false

    init() throws(ArchiveProblem) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = inflateInit2_(
            stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            throw ArchiveProblem("There is not enough memory to unpack the archive.")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Gives what becomes of some bytes, in pieces of at most 64 KiB.
    mutating func write(
        _ input: [UInt8], to output: ([UInt8]) throws(ArchiveProblem) -> Void
    ) throws(ArchiveProblem) {
        var input = input
        var rest = input.count
        while !isComplete {
            var piece = [UInt8](repeating: 0, count: 64 << 10)
            let start = input.count - rest
            let before = rest
            let (status, left) = input.withUnsafeMutableBytes { source in
                piece.withUnsafeMutableBytes { target in
                    stream.pointee.next_in = source.baseAddress.map {
                        ($0 + start).assumingMemoryBound(to: UInt8.self)
                    }
                    stream.pointee.avail_in = UInt32(rest)
                    stream.pointee.next_out = target.baseAddress.map {
                        $0.assumingMemoryBound(to: UInt8.self)
                    }
                    stream.pointee.avail_out = UInt32(target.count)
                    return (inflate(stream, Z_NO_FLUSH), Int(stream.pointee.avail_out))
                }
            }
            rest = Int(stream.pointee.avail_in)
            if left < piece.count { try output(Array(piece.prefix(piece.count - left))) }
            switch status {
            case Z_STREAM_END: isComplete = true
            case Z_OK, Z_BUF_ERROR:
                // Without room used or input taken there is nothing left to do with this piece.
                if left > 0 && (rest == 0 || rest == before) { return }
            default: throw ArchiveProblem("The archive is damaged.")
            }
        }
    }
}
