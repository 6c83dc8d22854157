/// The 64 bits in which a client and the server must agree: over every conversation of a person, how many messages and
/// changes there are and how far the person has read.
///
/// An exclusive or of one hash for each conversation, so that neither their order nor the moment when each was added
/// matters. The hash is FNV-1a over `<c>:<seq>:<rev>:<read>`, finished by a multiplication that spreads every bit.
public struct StateDigest: Hashable, Sendable, CustomStringConvertible {
    /// The bits.
    public private(set) var bits: UInt64 = 0

    /// The digest of nothing.
    public init() {}

    /// Adds a conversation, or takes one away that was added with the same numbers.
    public mutating func toggle(
        _ conversation: ConversationID, seq: MessageSeq, rev: Int64, read: MessageSeq
    ) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(conversation):\(seq):\(rev):\(read)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        hash ^= hash >> 33
        hash = hash &* 0xFF51_AFD7_ED55_8CCD
        bits ^= hash ^ hash >> 33
    }

    /// 16 hexadecimal digits, as they stand on the wire.
    public var description: String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
