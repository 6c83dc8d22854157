/// A packet encoded once, for one socket or for ten thousand.
public struct EncodedPacket: Sendable, Equatable {
    /// The text message, the engine's type digit `4` included.
    public var text: [UInt8]
    /// The binary messages that follow it; nothing may come between.
    public var attachments: [[UInt8]]

    /// Whether transports that compress may compress it.
    public var isCompressed = true

    /// A packet of these messages.
    public init(text: [UInt8], attachments: [[UInt8]] = []) {
        self.text = text
        self.attachments = attachments
    }
}
