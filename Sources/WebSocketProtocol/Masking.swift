/// The xor that a client's payload wears (RFC 6455 section 5.3). Applying it twice undoes it.
public enum Masking {
    /// Masks or unmasks a part of a payload in place.
    ///
    /// - Parameters:
    ///   - key: as in ``FrameHeader/maskingKey``.
    ///   - offset: where in the payload `bytes` begins, so that a payload can be unmasked piece by piece.
    ///   - bytes: the part of the payload.
    @inlinable
    public static func apply(key: UInt32, offset: Int, to bytes: inout MutableSpan<UInt8>) {
        bytes.withUnsafeMutableBytes { Self.apply(key: key, offset: offset, to: $0) }
    }

    /// Masks or unmasks a part of a payload in place, at any alignment; see ``apply(key:offset:to:)``.
    @inlinable
    public static func apply(key: UInt32, offset: Int, to bytes: UnsafeMutableRawBufferPointer) {
        let shift = UInt32(truncatingIfNeeded: offset & 3) &* 8
        // Byte 0 of `rotated` is the key's byte for bytes[0]; (32 - shift) & 31 keeps shift 0 right.
        let rotated = key &>> shift | key &<< (32 &- shift)
        let narrow = UInt64(rotated)
        let wide = (narrow | narrow << 32).littleEndian
        let count = bytes.count
        var index = 0
        while count &- index >= 8 {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            bytes.storeBytes(of: word ^ wide, toByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        // `index` is a multiple of 8 here, so the key starts over at its first byte.
        var rest = rotated
        while index < count {
            bytes[index] ^= UInt8(truncatingIfNeeded: rest)
            rest = rest &>> 8 | rest &<< 24
            index &+= 1
        }
    }
}
