/// All that stands before a frame's payload (RFC 6455 section 5.2), already checked when ``FrameDecoder``
/// made it.
@frozen
public struct FrameHeader: Equatable, Sendable {
    /// RSV1 as it appears in ``rsv`` and in the decoder's allowed bits: "compressed" to RFC 7692.
    @inlinable
    public static var rsv1: UInt8 { 0b100 }

    /// Whether this frame ends its message.
    public let fin: Bool
    /// RSV1, RSV2, RSV3 as the bits 4, 2, 1.
    public let rsv: UInt8
    /// What the payload is.
    public let opcode: Opcode
    /// The mask, nil if the payload is plain. Its bytes are in wire order from the least significant one:
    /// byte i of the payload is xored with `(key >> (8 * (i % 4))) & 0xff`; see ``Masking``.
    public let maskingKey: UInt32?
    /// Bytes of payload after the header; never negative, and header and payload together never overflow.
    public let payloadLength: Int
    /// Bytes of the header itself, 2...14.
    public let headerLength: Int

    /// A header by its parts; `payloadLength` must not be negative.
    @inlinable
    public init(
        fin: Bool, rsv: UInt8 = 0, opcode: Opcode, maskingKey: UInt32? = nil, payloadLength: Int,
        headerLength: Int
    ) {
        self.fin = fin
        self.rsv = rsv
        self.opcode = opcode
        self.maskingKey = maskingKey
        self.payloadLength = payloadLength
        self.headerLength = headerLength
    }
}
