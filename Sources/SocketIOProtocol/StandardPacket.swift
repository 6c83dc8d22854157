/// A packet of protocol revision 5 with a JSON payload, complete with its attachments.
public struct StandardPacket: Sendable, Equatable {
    /// `<type>[<attachments>-][<namespace>,][<ack id>][<JSON>]`, without the engine's `4`.
    public var text: [UInt8]
    /// What the placeholders in ``text`` stand for.
    public var attachments: [[UInt8]]

    /// A packet of these parts.
    public init(text: [UInt8], attachments: [[UInt8]] = []) {
        self.text = text
        self.attachments = attachments
    }
}
