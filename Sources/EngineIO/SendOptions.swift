/// How a packet is to be sent.
public struct SendOptions: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The packet is not worth compressing: it is small, random or compressed already.
    public static let uncompressed = SendOptions(rawValue: 1 << 0)
    /// The packet may be dropped while it waits, to make room for others.
    public static let volatile = SendOptions(rawValue: 1 << 1)
    /// The packet goes to many: the bytes that were made for one of them serve the others.
    package static let shared = SendOptions(rawValue: 1 << 6)
    /// Attachments: they are dropped with the packet before them or not at all.
    static let follows = SendOptions(rawValue: 1 << 7)
}
