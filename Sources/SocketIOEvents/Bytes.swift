/// Binary data inside an argument, at any depth; it travels as an attachment, not as text.
public struct Bytes: Codable, Sendable, Hashable {
    /// The data.
    public var bytes: [UInt8]

    /// Binary data of these bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    private enum Keys: String, CodingKey {
        case placeholder = "_placeholder"
        case number = "num"
    }

    /// Takes the attachment that the placeholder points at.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let number = try container.decode(Int.self, forKey: .number)
        let attachments = AttachmentSource.key.flatMap { decoder.userInfo[$0] } as? AttachmentSource
        guard try container.decode(Bool.self, forKey: .placeholder), let attachments,
            attachments.all.indices.contains(number)
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .number, in: container, debugDescription: "no attachment \(number)")
        }
        bytes = attachments.all[number]
    }

    /// Puts the data into the packet's attachments and a placeholder into the text.
    public func encode(to encoder: any Encoder) throws {
        guard let sink = AttachmentSink.key.flatMap({ encoder.userInfo[$0] }) as? AttachmentSink else {
            throw EncodingError.invalidValue(
                self, .init(codingPath: encoder.codingPath, debugDescription: "Bytes travel in packets only"))
        }
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(true, forKey: .placeholder)
        try container.encode(sink.add(bytes), forKey: .number)
    }
}
