/// SHA-1 (FIPS 180-4 section 6.1) for RFC 6455's accept key only. There it proves that the server read the
/// handshake; it protects no secret. SHA-1 is broken as a signature or password hash: never use it for those.
enum SHA1 {
    /// The 20 bytes of the digest. `message` is a handshake key and a constant, never a peer's stream.
    static func hash(_ message: [UInt8]) -> [UInt8] {
        var digest: Digest = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
        let padded = Self.padded(message)
        for start in stride(from: 0, to: padded.count, by: 64) {
            Self.add(block: padded.span.extracting(start..<start + 64), to: &digest)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20)
        for index in digest.indices { Self.append(UInt64(digest[index]), count: 4, to: &bytes) }
        return bytes
    }

    private typealias Digest = InlineArray<5, UInt32>

    /// A one bit, zeros, and the length in bits, up to a multiple of 64 bytes.
    private static func padded(_ message: [UInt8]) -> [UInt8] {
        var padded: [UInt8] = []
        padded.reserveCapacity(message.count + 72)
        padded += message
        padded.append(0x80)
        while padded.count % 64 != 56 { padded.append(0) }
        append(UInt64(message.count) &* 8, count: 8, to: &padded)
        return padded
    }

    private static func add(block: Span<UInt8>, to digest: inout Digest) {
        var words = InlineArray<80, UInt32>(repeating: 0)
        for index in 0..<16 {
            let byte = index * 4
            words[index] =
                UInt32(block[byte]) << 24 | UInt32(block[byte + 1]) << 16 | UInt32(block[byte + 2]) << 8
                | UInt32(block[byte + 3])
        }
        for index in 16..<80 {
            let mixed = words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16]
            words[index] = Self.rotate(mixed, by: 1)
        }
        var (a, b, c, d, e) = (digest[0], digest[1], digest[2], digest[3], digest[4])
        // Additions are modulo 2^32 by definition.
        func step(_ mix: UInt32, _ constant: UInt32, _ index: Int) {
            let next = Self.rotate(a, by: 5) &+ mix &+ e &+ constant &+ words[index]
            (a, b, c, d, e) = (next, a, Self.rotate(b, by: 30), c, d)
        }
        for index in 0..<20 { step(b & c | ~b & d, 0x5a82_7999, index) }
        for index in 20..<40 { step(b ^ c ^ d, 0x6ed9_eba1, index) }
        for index in 40..<60 { step(b & c | b & d | c & d, 0x8f1b_bcdc, index) }
        for index in 60..<80 { step(b ^ c ^ d, 0xca62_c1d6, index) }
        digest[0] &+= a
        digest[1] &+= b
        digest[2] &+= c
        digest[3] &+= d
        digest[4] &+= e
    }

    private static func rotate(_ word: UInt32, by bits: UInt32) -> UInt32 {
        word << bits | word >> (32 - bits)
    }

    /// Appends the last `count` bytes of `value`, the most significant first.
    private static func append(_ value: UInt64, count: Int, to bytes: inout [UInt8]) {
        for place in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(place))))
        }
    }
}
