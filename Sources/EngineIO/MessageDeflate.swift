internal import NIOCore
internal import WebSocketProtocol

/// permessage-deflate on one connection: what was agreed, and the state that has to be kept for it.
///
/// A connection without context takeover keeps nothing: it borrows from its loop's ``DeflatePool``. Confined to
/// the connection's event loop.
final class MessageDeflate {
    private let agreement: DeflateAgreement
    private let compression: MessageCompression
    private let parameters: Deflater.Parameters
    private let pool: DeflatePool
    private let allocator: ByteBufferAllocator
    private var inflater: Inflater?
    private var deflater: Deflater?

    init(
        _ agreement: DeflateAgreement, compression: MessageCompression, pool: DeflatePool,
        allocator: ByteBufferAllocator
    ) {
        self.agreement = agreement
        self.compression = compression
        self.pool = pool
        self.allocator = allocator
        parameters = Deflater.Parameters(
            windowBits: agreement.serverMaxWindowBits ?? 15, compression: compression)
    }

    /// The message of a compressed payload, at most `limit` bytes long.
    func inflate(_ payload: ByteBuffer, limit: Int) throws(WebSocketViolation) -> ByteBuffer {
        guard !agreement.clientNoContextTakeover else {
            return try pool.inflate(payload, limit: limit, allocator: allocator)
        }
        // Some senders mean 9 when they say 8.
        let own = inflater ?? Inflater(windowBits: max(9, agreement.clientMaxWindowBits ?? 15))
        guard let own else { throw .invalidDeflate }
        inflater = own
        return try own.inflate(payload, limit: limit, allocator: allocator)
    }

    /// The compressed payload of a message; nil when it is better sent as it is.
    func compress(_ message: [UInt8], _ options: SendOptions) -> ByteBuffer? {
        guard message.count >= max(1, compression.threshold), !options.contains(.uncompressed) else {
            return nil
        }
        guard !agreement.serverNoContextTakeover else {
            return pool.compress(message, parameters, allocator: allocator)
        }
        guard let own = deflater ?? Deflater(parameters) else { return nil }
        deflater = own
        // Its window has moved on: the receiver's must too, even if nothing was gained.
        return own.compress(message, allocator: allocator)
    }
}
