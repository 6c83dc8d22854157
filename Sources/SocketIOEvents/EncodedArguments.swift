internal import FoundationEssentials
internal import SocketIOProtocol

/// Arguments ready for the wire: JSON values with commas between them, and the attachments they point at.
public struct EncodedArguments: Sendable, Equatable {
    /// The values, without brackets around them.
    public private(set) var json: [UInt8] = []
    /// What the placeholders in ``json`` stand for.
    public private(set) var attachments: [[UInt8]] = []

    /// No arguments.
    public init() {}

    /// Arguments that are encoded already, such as those of a packet that is passed on.
    public init(json: [UInt8], attachments: [[UInt8]] = []) {
        self.json = json
        self.attachments = attachments
    }

    /// Encodes the values in their order.
    ///
    /// - Throws: `EncodingError` when a value cannot be written as JSON.
    public init<each Value: Encodable>(_ value: repeat each Value) throws {
        let sink = AttachmentSink()
        repeat try append(each value, sink: sink)
        attachments = sink.all
    }

    private mutating func append<Value: Encodable>(_ value: Value, sink: AttachmentSink) throws {
        if !json.isEmpty { json.append(0x2C) }
        if let text = value as? String {
            JSONText.string(text, into: &json)
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        if let key = AttachmentSink.key { encoder.userInfo[key] = sink }
        json.append(contentsOf: try encoder.encode(value))
    }
}
