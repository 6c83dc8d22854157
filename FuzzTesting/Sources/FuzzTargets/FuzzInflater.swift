internal import NIOCore
internal import WebSocketProtocol

@testable internal import EngineIO

/// Compressed messages on one connection, as the deflate extension gives them to zlib: never more than the limit comes
/// out, the limit is exact, and what came out survives being compressed and inflated.
enum FuzzInflater {
    private static let allocator = ByteBufferAllocator()
    private static let limit = 16 << 10

    /// The first byte chooses the windows, the second cuts the rest into two messages.
    static func test(_ input: [UInt8]) {
        guard input.count > 2 else { return }
        let windowBits = 9 + Int(input[0] % 7)
        let rest = Array(input.dropFirst(2))
        let cut = rest.count * Int(input[1]) / 256
        guard let inflater = Inflater(windowBits: windowBits) else { return }
        guard let first = inflate(Array(rest[..<cut]), limit, inflater) else { return }
        checkLimit(Array(rest[..<cut]), first, windowBits)
        checkAgain(first, windowBits)
        // The second message may point into the first.
        if let second = inflate(Array(rest[cut...]), limit, inflater) { checkAgain(second, windowBits) }
        checkAgain(rest, windowBits)
    }

    private static func inflate(_ message: [UInt8], _ limit: Int, _ inflater: Inflater) -> [UInt8]? {
        do throws(WebSocketViolation) {
            let output = try inflater.inflate(ByteBuffer(bytes: message), limit: limit, allocator: allocator)
            precondition(output.readableBytes <= limit, "more than the limit")
            return Array(output.readableBytesView)
        } catch {
            precondition(error == .messageTooBig || error == .invalidDeflate, "a violation of somebody else")
            return nil
        }
    }

    private static func checkLimit(_ message: [UInt8], _ expected: [UInt8], _ windowBits: Int) {
        guard let fits = Inflater(windowBits: windowBits), let tight = Inflater(windowBits: windowBits) else {
            return
        }
        precondition(inflate(message, expected.count, fits) == expected, "a message that fits is refused")
        guard !expected.isEmpty else { return }
        precondition(inflate(message, expected.count - 1, tight) == nil, "one byte too many comes through")
    }

    private static func checkAgain(_ text: [UInt8], _ windowBits: Int) {
        let parameters = Deflater.Parameters(windowBits: windowBits, compression: MessageCompression())
        guard !text.isEmpty, let deflater = Deflater(parameters),
            let inflater = Inflater(windowBits: windowBits),
            let compressed = deflater.compress(text, allocator: allocator)
        else { return }
        precondition(
            inflate(Array(compressed.readableBytesView), text.count, inflater) == text,
            "a message does not survive")
    }
}
