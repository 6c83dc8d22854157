internal import EngineIOProtocol
internal import NIOCore
internal import Testing
internal import WebSocketProtocol

@testable internal import EngineIO

/// zlib behind permessage-deflate, without a connection.
@Suite struct DeflateTests {
    static let allocator = ByteBufferAllocator()

    static func inflate(
        _ bytes: [UInt8], limit: Int = 1 << 20, with inflater: Inflater? = Inflater(windowBits: 15)
    ) -> Result<[UInt8], WebSocketViolation> {
        guard let inflater else { return .failure(.invalidDeflate) }
        do throws(WebSocketViolation) {
            let whole = try inflater.inflate(
                ByteBuffer(bytes: bytes), limit: limit, allocator: Self.allocator)
            return .success(Array(whole.readableBytesView))
        } catch {
            return .failure(error)
        }
    }

    static func deflater(_ windowBits: Int) -> Deflater? {
        Deflater(.init(windowBits: windowBits, compression: MessageCompression()))
    }

    static let hello = Array("Hello".utf8)

    @Test("The examples of RFC 7692 section 7.2.3")
    func examples() throws {
        let first: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
        #expect(Self.inflate(first) == .success(Self.hello))
        // 7.2.3.2: the second message uses the window of the first.
        let kept = try #require(Inflater(windowBits: 15))
        #expect(Self.inflate(first, with: kept) == .success(Self.hello))
        #expect(Self.inflate([0xF2, 0x00, 0x11, 0x00, 0x00], with: kept) == .success(Self.hello))
        #expect(Self.inflate([0xF2, 0x00, 0x11, 0x00, 0x00]) == .failure(.invalidDeflate))
        // 7.2.3.3: without compression; 7.2.3.4: a final block; 7.2.3.5: two blocks.
        let stored: [UInt8] = [0x00, 0x05, 0x00, 0xFA, 0xFF] + Self.hello + [0x00]
        #expect(Self.inflate(stored) == .success(Self.hello))
        let final: [UInt8] = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
        #expect(Self.inflate(final + [0x00]) == .success(Self.hello))
        #expect(Self.inflate(final) == .success(Self.hello))
        let two: [UInt8] = [
            0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00,
        ]
        #expect(Self.inflate(two) == .success(Self.hello))
        // 7.2.3.6: an empty message.
        #expect(Self.inflate([0x00]) == .success([]))
    }

    @Test("A window goes on after a final block")
    func finalBlocks() throws {
        let kept = try #require(Inflater(windowBits: 15))
        let final: [UInt8] = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]
        #expect(Self.inflate(final, with: kept) == .success(Self.hello))
        #expect(Self.inflate([0xF2, 0x00, 0x11, 0x00, 0x00], with: kept) == .success(Self.hello))
        // An empty final block is two bytes, and each costs a copy of the window.
        #expect(Self.inflate(Array(repeating: [0x03, 0x00], count: 8).flatMap(\.self)) == .success([]))
        #expect(
            Self.inflate(Array(repeating: [0x03, 0x00], count: 9).flatMap(\.self))
                == .failure(.invalidDeflate))
    }

    @Test(
        "What is no DEFLATE stream, or none that is whole",
        arguments: [[], [0x07], [0xF2, 0x48], [0xFF, 0xFF]])
    func broken(bytes: [UInt8]) {
        #expect(Self.inflate(bytes) == .failure(.invalidDeflate))
    }

    @Test("A bomb is found out at the limit, to the byte")
    func bombs() throws {
        let zeros = [UInt8](repeating: 0, count: 10 << 20)
        let bomb = try #require(Self.deflater(15)?.compress(zeros, allocator: Self.allocator))
        #expect(bomb.readableBytes < 11_000)
        let bytes = Array(bomb.readableBytesView)
        #expect(Self.inflate(bytes, limit: 1 << 20) == .failure(.messageTooBig))
        #expect(Self.inflate(bytes, limit: zeros.count - 1) == .failure(.messageTooBig))
        #expect(Self.inflate(bytes, limit: zeros.count) == .success(zeros))
        #expect(Self.inflate(bytes, limit: 0) == .failure(.messageTooBig))
        #expect(Self.inflate([0x00], limit: 0) == .success([]))
    }

    @Test("What is compressed is inflated, at every window and with one kept", arguments: 8...15)
    func windows(bits: Int) throws {
        for seed in SeededGenerator.seeds {
            var generator = SeededGenerator(seed: seed)
            let kept = try #require(Inflater(windowBits: bits))
            let deflater = try #require(Self.deflater(bits))
            for _ in 0..<40 {
                // Few letters and long distances: matches from all over the window.
                let count = Int.random(in: 1...5_000, using: &generator)
                let message = (0..<count).map { _ in UInt8.random(in: 0...3, using: &generator) }
                let payload = try #require(deflater.compress(message, allocator: Self.allocator))
                #expect(
                    Self.inflate(Array(payload.readableBytesView), with: kept) == .success(message),
                    "seed \(seed)")
            }
        }
    }

    @Test("Random bytes do no harm")
    func noise() {
        for seed in SeededGenerator.seeds {
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<2_000 {
                let bytes = generator.bytes(Int.random(in: 0...64, using: &generator))
                if case .success(let whole) = Self.inflate(bytes, limit: 4_096) {
                    #expect(whole.count <= 4_096)
                }
            }
        }
    }
}
