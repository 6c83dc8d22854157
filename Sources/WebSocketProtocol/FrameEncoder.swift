/// Writes frames (RFC 6455 section 5.2). A server sends plain payloads; a client passes a fresh unpredictable
/// masking key for each frame (section 5.3) and masks the payload with ``Masking``.
public enum FrameEncoder {
    /// The bytes of a header, 2...14.
    @inlinable
    public static func headerLength(payloadLength: Int, masked: Bool) -> Int {
        let unmasked = payloadLength <= 125 ? 2 : payloadLength <= 0xffff ? 4 : 10
        return masked ? unmasked &+ 4 : unmasked
    }

    /// Appends a header; the payload, masked if there is a key, belongs right after it.
    ///
    /// - Parameters:
    ///   - opcode: what the payload is.
    ///   - fin: whether the frame ends its message.
    ///   - rsv: RSV1, RSV2, RSV3 as the bits 4, 2, 1.
    ///   - payloadLength: bytes of payload, not negative.
    ///   - maskingKey: as in ``FrameHeader/maskingKey``; nil on a server.
    ///   - bytes: where the header goes.
    public static func appendHeader(
        opcode: Opcode, fin: Bool = true, rsv: UInt8 = 0, payloadLength: Int, maskingKey: UInt32? = nil,
        to bytes: inout [UInt8]
    ) {
        withUnsafeTemporaryAllocation(byteCount: 14, alignment: 1) { scratch in
            let length = Self.writeHeader(
                opcode: opcode, fin: fin, rsv: rsv, payloadLength: payloadLength, maskingKey: maskingKey,
                into: scratch)
            bytes.append(contentsOf: scratch[..<length])
        }
    }

    /// Writes a header at the start of `target`, which must have 14 bytes; the other parameters are those of
    /// ``appendHeader(opcode:fin:rsv:payloadLength:maskingKey:to:)``.
    ///
    /// - Returns: the header's length.
    @inlinable
    public static func writeHeader(
        opcode: Opcode, fin: Bool = true, rsv: UInt8 = 0, payloadLength: Int, maskingKey: UInt32? = nil,
        into target: UnsafeMutableRawBufferPointer
    ) -> Int {
        precondition(target.count >= 14 && payloadLength >= 0)
        target[0] = (fin ? 0x80 : 0) | (rsv & 0b111) << 4 | opcode.rawValue
        let maskBit: UInt8 = maskingKey == nil ? 0 : 0x80
        var length = 2
        if payloadLength <= 125 {
            target[1] = maskBit | UInt8(truncatingIfNeeded: payloadLength)
        } else if payloadLength <= 0xffff {
            target[1] = maskBit | 126
            let wire = UInt16(truncatingIfNeeded: payloadLength).bigEndian
            target.storeBytes(of: wire, toByteOffset: 2, as: UInt16.self)
            length = 4
        } else {
            target[1] = maskBit | 127
            let wire = UInt64(truncatingIfNeeded: payloadLength).bigEndian
            target.storeBytes(of: wire, toByteOffset: 2, as: UInt64.self)
            length = 10
        }
        if let maskingKey {
            target.storeBytes(of: maskingKey.littleEndian, toByteOffset: length, as: UInt32.self)
            length &+= 4
        }
        return length
    }

    /// A whole unmasked, unfragmented frame, as a server sends it.
    public static func frame(opcode: Opcode, payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.headerLength(payloadLength: payload.count, masked: false) + payload.count)
        Self.appendHeader(opcode: opcode, payloadLength: payload.count, to: &bytes)
        bytes.append(contentsOf: payload)
        return bytes
    }
}
