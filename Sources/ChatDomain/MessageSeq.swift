/// The place of a message in its conversation: 1, 2, 3 and so on, without holes.
///
/// `zero` stands before the first message: it is the `seq` of an empty conversation and the marker of somebody
/// who has read nothing.
public struct MessageSeq: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number itself.
    public let rawValue: UInt32

    /// Before the first message.
    public static let zero = MessageSeq(0)

    /// The last number that a conversation can give to a message.
    public static let max = MessageSeq(UInt32.max)

    /// A place from its number.
    public init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A place from a number that a peer or a file supplied; `nil` outside `0 ... 4294967295`.
    public init?(exactly number: Int64) {
        guard let rawValue = UInt32(exactly: number) else { return nil }
        self.rawValue = rawValue
    }

    /// The next place; stays at the last one.
    public var next: MessageSeq {
        rawValue == UInt32.max ? self : MessageSeq(rawValue + 1)
    }

    /// The place before; stays at zero.
    public var previous: MessageSeq {
        rawValue == 0 ? self : MessageSeq(rawValue - 1)
    }

    /// The order of the messages.
    public static func < (left: MessageSeq, right: MessageSeq) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The number in decimal digits.
    public var description: String { String(rawValue) }
}
