internal import NIOCore

/// The buffer that all connections of one event loop read into, one after the other.
///
/// A channel reads, hands the bytes to its handlers and is done: between two reads it needs no buffer. NIO would keep one for each
/// of ten thousand idle connections. Whoever keeps a slice of what was read keeps the storage too; then the next read gets a new one.
///
/// Confined to its event loop.
final class ReceiveBuffer: @unchecked Sendable {
    /// Bytes of one read; a connection that fills them reads more at a time, see ``ReceiveAllocator``.
    static let capacity = 4_096

    private var idle: ByteBuffer?

    /// A buffer for one read.
    func take(_ allocator: ByteBufferAllocator) -> ByteBuffer {
        defer { idle = nil }
        guard
            let buffer = idle?.modifyIfUniquelyOwned({
                $0.clear(); return $0
            })
        else {
            return allocator.buffer(capacity: Self.capacity)
        }
        return buffer
    }

    /// The handlers are done with what was read; what they keep of it stays as it is.
    func giveBack(_ buffer: ByteBuffer) {
        if buffer.storageCapacity == Self.capacity { idle = buffer }
    }
}
