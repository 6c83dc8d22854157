internal import NIOCore

/// Lets a channel read into the buffer of its event loop, and into larger ones of its own while it reads much.
///
/// NIO keeps the first buffer that it is given with the channel, and none after it, as long as it is told neither a size
/// (`nextBufferSize`) nor that the buffer will do (`record`), and the channel reads once a turn. So the first is tiny: it takes the
/// first bytes of the first request, at the price of one more read for each connection.
struct ReceiveAllocator: RecvByteBufferAllocator {
    /// Bytes of the buffer that stays with the channel.
    private static let first = 16
    /// Bytes of the largest read.
    private static let most = 65_536

    private let shared: ReceiveBuffer
    private var size = Self.first

    init(_ shared: ReceiveBuffer) { self.shared = shared }

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        size == ReceiveBuffer.capacity ? shared.take(allocator) : allocator.buffer(capacity: size)
    }

    mutating func record(actualReadBytes: Int) -> Bool {
        if size < ReceiveBuffer.capacity {
            size = ReceiveBuffer.capacity
        } else if actualReadBytes >= size {
            size = min(size * 2, Self.most)
        } else if actualReadBytes < size / 2, size > ReceiveBuffer.capacity {
            size /= 2
        }
        return true
    }
}
