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

    /// Appends one argument, a JSON value without placeholders.
    public mutating func append(json value: some Sequence<UInt8>) {
        if !json.isEmpty { json.append(UInt8(ascii: ",")) }
        json.append(contentsOf: value)
    }
}
