internal import CZlib

/// How answers to polls are compressed. Only those with a packet that may be.
///
/// Compression tells an onlooker the length of what it compressed: a secret and a text that an attacker chooses do not
/// belong into one packet (BREACH).
public struct HTTPCompression: Sendable, Equatable {
    /// Bytes from which on a payload is worth it.
    public var threshold = 1_024
    /// Bytes above which a payload is sent as it is: the event loop, and all its connections, wait for the compression.
    public var maxBytes = 1 << 20
    /// 1 is fast, 9 is small.
    public var level = 6

    /// The defaults.
    public init() {}

    func validate() throws(EngineConfigurationError) {
        guard threshold >= 0 else {
            throw EngineConfigurationError("httpCompression.threshold", "is negative")
        }
        guard (1...9).contains(level) else {
            throw EngineConfigurationError("httpCompression.level", "is not between 1 and 9")
        }
    }

    /// `bytes` compressed; nil when they are too few or too many, when the client takes no compression, or when memory
    /// is short.
    func compress(_ bytes: [UInt8], accepting header: String?) -> (bytes: [UInt8], encoding: ContentEncoding)?
    {
        guard bytes.count >= threshold, bytes.count <= maxBytes,
            let encoding = ContentEncoding.preferred(header)
        else { return nil }
        return Self.compress(bytes, as: encoding, level: level).map { ($0, encoding) }
    }

    /// The whole of `bytes` in one go. Nil for what is not ``ContentEncoding/made`` here, when memory is short, or for more
    /// than 2 GiB.
    static func compress(_ bytes: [UInt8], as encoding: ContentEncoding, level: Int) -> [UInt8]? {
        guard ContentEncoding.made.contains(encoding), bytes.count <= Int(Int32.max) else { return nil }
        var stream = z_stream()
        // 15 is the largest window; 16 more make zlib write gzip's header and trailer.
        let window: Int32 = encoding == .gzip ? 31 : 15
        guard
            deflateInit2_(
                &stream, Int32(level), Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        guard bound <= Int(UInt32.max) else { return nil }
        var isWhole = false
        let output = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(bound)
                isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
            }
            count = bound - Int(stream.avail_out)
        }
        return isWhole ? output : nil
    }
}
