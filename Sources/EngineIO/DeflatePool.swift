internal import NIOCore
internal import WebSocketProtocol

/// The compressors that the connections of one event loop share: messages without context takeover leave no
/// state behind, so one compressor serves them all, and a message to thousands is compressed once.
///
/// Confined to its event loop.
final class DeflatePool: @unchecked Sendable {
    /// A message and what became of it. It keeps the message alive, so that its address stays its own.
    private struct Compressed {
        let message: [UInt8]
        /// Nil when compressing did not make it smaller.
        let payload: ByteBuffer?
    }

    private struct Key: Hashable {
        let address: UnsafeRawPointer
        let parameters: Deflater.Parameters
    }

    private static let maxRemembered = 256
    private static let maxRememberedBytes = 4 << 20

    private let eventLoop: any EventLoop
    private var inflater: Inflater?
    private var deflaters: [Deflater.Parameters: Deflater] = [:]
    private var remembered: [Key: Compressed] = [:]
    private var rememberedBytes = 0
    private var willForget = false
    /// Messages that were compressed, for tests.
    private(set) var compressions = 0

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Inflates a message that is independent of all others.
    func inflate(
        _ payload: ByteBuffer, limit: Int, allocator: ByteBufferAllocator
    ) throws(WebSocketViolation) -> ByteBuffer {
        guard let inflater = inflater ?? Inflater(windowBits: 15) else { throw .invalidDeflate }
        self.inflater = inflater
        inflater.reset()
        return try inflater.inflate(payload, limit: limit, allocator: allocator)
    }

    /// The compressed form of `message`; nil when that is not smaller. Within one tick of the loop the same
    /// message is compressed once.
    func compress(
        _ message: [UInt8], _ parameters: Deflater.Parameters, allocator: ByteBufferAllocator
    ) -> ByteBuffer? {
        guard let address = message.withUnsafeBytes({ $0.baseAddress }) else { return nil }
        let key = Key(address: address, parameters: parameters)
        if let known = remembered[key], known.message.count == message.count { return known.payload }
        guard let deflater = deflaters[parameters] ?? Deflater(parameters) else { return nil }
        deflaters[parameters] = deflater
        deflater.reset()
        compressions &+= 1
        let payload = deflater.compress(message, allocator: allocator)
        let smaller = payload.flatMap { $0.readableBytes < message.count ? $0 : nil }
        remember(key, Compressed(message: message, payload: smaller))
        return smaller
    }

    private func remember(_ key: Key, _ compressed: Compressed) {
        let bytes = compressed.message.count + (compressed.payload?.readableBytes ?? 0)
        guard remembered.count < Self.maxRemembered, rememberedBytes + bytes <= Self.maxRememberedBytes
        else { return }
        remembered[key] = compressed
        rememberedBytes += bytes
        guard !willForget else { return }
        willForget = true
        // The sessions of this tick are flushed by a task that was scheduled before this one.
        eventLoop.execute { [self] in
            remembered = [:]
            rememberedBytes = 0
            willForget = false
        }
    }
}
