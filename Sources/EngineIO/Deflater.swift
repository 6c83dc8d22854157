internal import CZlib
internal import NIOCore

/// Compresses messages (RFC 7692 section 7.2.1).
final class Deflater {
    /// zlib's parameters of a compressor.
    struct Parameters: Hashable {
        var windowBits: Int
        var level: Int
        var memoryLevel: Int

        /// Bounded to what zlib takes. A window of 8 bits is served by one of 9: zlib never looks back
        /// further than the window less 262 bytes, which is 250 here.
        init(windowBits: Int, compression: MessageCompression) {
            self.windowBits = min(max(windowBits, 9), 15)
            level = min(max(compression.level, 1), 9)
            memoryLevel = min(max(compression.memoryLevel, 1), 9)
        }
    }

    // zlib keeps a pointer back to it: its address must not change.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    /// - Returns: nil when there is no memory.
    init?(_ parameters: Parameters) {
        stream.initialize(to: z_stream())
        let status = deflateInit2_(
            stream, Int32(parameters.level), Z_DEFLATED, -Int32(parameters.windowBits),
            Int32(parameters.memoryLevel), Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Forgets the window: the next message is independent of those before.
    func reset() {
        deflateReset(stream)
    }

    /// The compressed payload of `message`, without the tail that the receiver adds. Nil when zlib fails,
    /// which it does for no message.
    func compress(_ message: [UInt8], allocator: ByteBufferAllocator) -> ByteBuffer? {
        let stream = self.stream
        guard message.count <= Int(UInt32.max) else { return nil }
        let bound = Int(deflateBound(stream, uLong(message.count))) + 16
        var output = allocator.buffer(capacity: bound)
        var remaining = uInt(message.count)
        while true {
            var status = Z_OK
            var isFull = false
            message.withUnsafeBufferPointer { source in
                _ = output.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { target in
                    let offset = source.count - Int(remaining)
                    // zlib does not write through it; its type only lacks the const.
                    stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)?
                        .advanced(by: offset)
                    stream.pointee.avail_in = remaining
                    stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: Bytef.self)
                    let room = uInt(clamping: target.count)
                    stream.pointee.avail_out = room
                    status = deflate(stream, Z_SYNC_FLUSH)
                    remaining = stream.pointee.avail_in
                    isFull = stream.pointee.avail_out == 0
                    return Int(room - stream.pointee.avail_out)
                }
            }
            stream.pointee.next_in = nil
            stream.pointee.next_out = nil
            guard status == Z_OK || (status == Z_BUF_ERROR && output.readableBytes > 0) else { return nil }
            if remaining == 0, !isFull { break }
        }
        // The sync flush ends in 00 00 FF FF (section 7.2.1, step 2).
        output.moveWriterIndex(to: output.writerIndex - min(4, output.readableBytes))
        return output
    }
}
