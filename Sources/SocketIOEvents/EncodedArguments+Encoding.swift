internal import FoundationEssentials
public import SocketIOProtocol

extension EncodedArguments {
    /// Encodes the values in their order.
    ///
    /// - Throws: `EncodingError` when a value cannot be written as JSON.
    public init<each Value: Encodable>(_ value: repeat each Value) throws {
        try self.init(coding: nil, repeat each value)
    }

    /// Encodes the values in their order, with the settings of a server.
    ///
    /// - Throws: `EncodingError` when a value cannot be written as JSON.
    public init<each Value: Encodable>(coding: JSONCoding?, _ value: repeat each Value) throws {
        let sink = AttachmentSink()
        var json: [UInt8] = []
        repeat try Self.append(each value, to: &json, sink: sink, coding)
        self.init(json: json, attachments: sink.all)
    }

    private static func append<Value: Encodable>(
        _ value: Value, to json: inout [UInt8], sink: AttachmentSink, _ coding: JSONCoding?
    ) throws {
        if !json.isEmpty { json.append(0x2C) }
        if let text = value as? String {
            JSONText.string(text, into: &json)
            return
        }
        guard let coding else {
            let slot = JSONSlot(JSONOutput(sink: sink))
            if !slot.output.special(value) {
                try value.encode(to: slot)
                guard !slot.isEmpty else { throw slot.invalid(value, "a value that writes nothing") }
                try slot.close()
            }
            json.append(contentsOf: try slot.output.finished())
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        coding.configureEncoder(encoder)
        if let key = AttachmentSink.key { encoder.userInfo[key] = sink }
        json.append(contentsOf: try encoder.encode(value))
    }
}
