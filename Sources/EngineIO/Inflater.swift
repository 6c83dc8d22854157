internal import CZlib
internal import NIOCore
internal import WebSocketProtocol

/// Inflates compressed messages (RFC 7692 section 7.2.2), never beyond a limit.
///
/// Work and memory are bounded by the limit and by the compressed length, which the frame decoder has
/// bounded before: a bomb costs no more than the largest message.
final class Inflater {
    /// The end of a DEFLATE block that a sender leaves out.
    private static let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]
    /// Blocks with BFINAL that one message may have: each costs a copy of the window.
    private static let maxFinalBlocks = 8
    private static let windowSize = 1 << 15

    // zlib keeps a pointer back to it: its address must not change.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    /// - Parameter windowBits: 8...15, the peer's window at least.
    /// - Returns: nil when there is no memory.
    init?(windowBits: Int) {
        stream.initialize(to: z_stream())
        let status = inflateInit2_(
            stream, -Int32(windowBits), ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Forgets the window: the next message is independent of those before.
    func reset() {
        inflateReset(stream)
    }

    /// The message whose compressed payload is `payload`.
    ///
    /// - Throws: ``WebSocketViolation/messageTooBig`` above `limit` bytes,
    ///   ``WebSocketViolation/invalidDeflate``.
    func inflate(
        _ payload: ByteBuffer, limit: Int, allocator: ByteBufferAllocator
    ) throws(WebSocketViolation) -> ByteBuffer {
        let limit = min(max(limit, 0), 1 << 31)
        let (guess, overflow) = payload.readableBytes.multipliedReportingOverflow(by: 4)
        var output = allocator.buffer(capacity: overflow ? limit : min(limit, max(guess, 512)))
        var finalBlocks = 0
        var payload = payload
        var isWhole = try feed(&payload, to: &output, limit: limit, finalBlocks: &finalBlocks)
        if !isWhole {
            var tail = allocator.buffer(bytes: Self.tail)
            isWhole = try feed(&tail, to: &output, limit: limit, finalBlocks: &finalBlocks)
            guard isWhole || isAtBlockBoundary else { throw .invalidDeflate }
        }
        return output
    }

    /// The last block is complete and the next has not begun; zlib says so in a bit of `data_type`.
    private var isAtBlockBoundary: Bool { stream.pointee.data_type & 128 != 0 }

    /// Inflates all of `input`.
    ///
    /// - Returns: whether it ended with a final block, after which no tail is missing.
    private func feed(
        _ input: inout ByteBuffer, to output: inout ByteBuffer, limit: Int, finalBlocks: inout Int
    ) throws(WebSocketViolation) -> Bool {
        while true {
            let (status, consumed, isFull) = step(&input, &output, limit: limit)
            input.moveReaderIndex(forwardBy: consumed)
            guard output.readableBytes <= limit else { throw .messageTooBig }
            switch status {
            case Z_STREAM_END:
                finalBlocks += 1
                guard finalBlocks <= Self.maxFinalBlocks, restart() else { throw .invalidDeflate }
                if input.readableBytes == 0 { return true }
            case Z_OK, Z_BUF_ERROR:
                // Z_BUF_ERROR: there was nothing to do, which is no error.
                if input.readableBytes == 0, !isFull { return false }
                guard status == Z_OK || consumed > 0 || isFull else { throw .invalidDeflate }
            default: throw .invalidDeflate
            }
        }
    }

    /// One call of zlib, with room for one byte more than the limit at most: that byte tells a message too big.
    private func step(
        _ input: inout ByteBuffer, _ output: inout ByteBuffer, limit: Int
    ) -> (status: Int32, consumed: Int, isFull: Bool) {
        let stream = self.stream
        let room = min(max(output.writableBytes, 16 << 10), limit - output.readableBytes + 1)
        var result = (status: Z_OK, consumed: 0, isFull: false)
        input.withUnsafeMutableReadableBytes { source in
            _ = output.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { target in
                let given = min(source.count, Int(UInt32.max))
                stream.pointee.next_in = source.baseAddress?.assumingMemoryBound(to: Bytef.self)
                stream.pointee.avail_in = uInt(given)
                stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: Bytef.self)
                stream.pointee.avail_out = uInt(room)
                result.status = CZlib.inflate(stream, Z_SYNC_FLUSH)
                result.consumed = given - Int(stream.pointee.avail_in)
                result.isFull = stream.pointee.avail_out == 0
                return room - Int(stream.pointee.avail_out)
            }
        }
        stream.pointee.next_in = nil
        stream.pointee.next_out = nil
        return result
    }

    /// After a final block: the stream begins anew, its window goes on.
    private func restart() -> Bool {
        let stream = self.stream
        return withUnsafeTemporaryAllocation(of: Bytef.self, capacity: Self.windowSize) { window in
            var length: uInt = 0
            guard inflateGetDictionary(stream, window.baseAddress, &length) == Z_OK,
                inflateReset(stream) == Z_OK
            else { return false }
            return length == 0 || inflateSetDictionary(stream, window.baseAddress, length) == Z_OK
        }
    }
}
