/// Writes one MessagePack value as JSON, its binary parts as placeholders for attachments.
///
/// Without recursion: the open containers are on a stack that `ParserLimits.maxJSONDepth` bounds. The JSON is
/// at most five times as long as the value, and what stands for each attachment.
struct MessagePackToJSON {
    private struct Container {
        let isMap: Bool
        var left: Int
        var isEmpty = true
    }

    private(set) var json: [UInt8] = []
    private(set) var attachments: [[UInt8]] = []
    /// Whether there was no value, or one that says so.
    private(set) var isAbsent = true
    private let limits: ParserLimits
    private var open: [Container] = []

    init(limits: ParserLimits) {
        self.limits = limits
    }

    /// Reads one value with everything in it.
    mutating func read(
        _ bytes: Span<UInt8>, _ reader: inout MessagePackReader
    ) throws(SocketIOViolation) {
        self.json = []
        self.attachments = []
        self.open = []
        let first = try reader.next(in: bytes)
        self.isAbsent = first == .nil || first == .undefined
        try self.write(first, bytes)
        while let container = self.open.last {
            guard container.left > 0 else {
                self.json.append(container.isMap ? UInt8(ascii: "}") : UInt8(ascii: "]"))
                self.open.removeLast()
                continue
            }
            let depth = self.open.count - 1
            self.open[depth].left -= 1
            if container.isMap {
                let key = try reader.next(in: bytes)
                let value = try reader.next(in: bytes)
                // As JSON.stringify has it: such a member is not there.
                guard value != .undefined else { continue }
                self.comma(depth)
                try self.key(key, bytes)
                try self.write(value, bytes)
            } else {
                self.comma(depth)
                try self.write(try reader.next(in: bytes), bytes)
            }
        }
    }

    private mutating func comma(_ depth: Int) {
        if !self.open[depth].isEmpty { self.json.append(UInt8(ascii: ",")) }
        self.open[depth].isEmpty = false
    }

    private mutating func key(_ key: MessagePackValue, _ bytes: Span<UInt8>)
        throws(SocketIOViolation)
    {
        switch key {
        case .string(let range): JSONText.string(MessagePackReader.text(range, in: bytes), into: &self.json)
        case .integer(let value): JSONText.string(String(value), into: &self.json)
        case .unsigned(let value): JSONText.string(String(value), into: &self.json)
        default: throw .malformedMessagePack
        }
        self.json.append(UInt8(ascii: ":"))
    }

    private mutating func write(
        _ value: MessagePackValue, _ bytes: Span<UInt8>
    ) throws(SocketIOViolation) {
        switch value {
        case .nil, .undefined: self.json.append(contentsOf: "null".utf8)
        case .bool(let value): self.json.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): self.json.append(contentsOf: String(value).utf8)
        case .unsigned(let value): self.json.append(contentsOf: String(value).utf8)
        case .number(let value): self.number(value)
        case .string(let range): JSONText.string(MessagePackReader.text(range, in: bytes), into: &self.json)
        case .binary(let range): try self.attach(MessagePackReader.copy(range, of: bytes))
        case .date(let milliseconds):
            guard let text = ISODate.text(milliseconds) else {
                self.json.append(contentsOf: "null".utf8)
                return
            }
            JSONText.string(text, into: &self.json)
        case .ext(let type, let range):
            // As the reference's library reads types that it does not know.
            self.json.append(contentsOf: "[\(type),".utf8)
            try self.attach(MessagePackReader.copy(range, of: bytes))
            self.json.append(UInt8(ascii: "]"))
        case .array(let count): try self.enter(Container(isMap: false, left: count))
        case .map(let count): try self.enter(Container(isMap: true, left: count))
        }
    }

    private mutating func enter(_ container: Container) throws(SocketIOViolation) {
        guard self.open.count < min(self.limits.maxJSONDepth, ParserLimits.deepestJSON) else {
            throw .jsonTooDeep
        }
        self.json.append(container.isMap ? UInt8(ascii: "{") : UInt8(ascii: "["))
        self.open.append(container)
    }

    /// As JavaScript writes numbers: whole ones without a fraction, what is no number as null.
    private mutating func number(_ value: Double) {
        if !value.isFinite {
            self.json.append(contentsOf: "null".utf8)
        } else if let whole = Int64(exactly: value), whole.magnitude <= ParserLimits.largestAckID {
            self.json.append(contentsOf: String(whole).utf8)
        } else {
            self.json.append(contentsOf: value.description.utf8)
        }
    }

    private mutating func attach(_ bytes: [UInt8]) throws(SocketIOViolation) {
        guard self.attachments.count < min(self.limits.maxAttachments, ParserLimits.mostAttachments) else {
            throw .tooManyAttachments
        }
        self.json.append(contentsOf: #"{"_placeholder":true,"num":\#(self.attachments.count)}"#.utf8)
        self.attachments.append(bytes)
        guard self.attachments.reduce(0, { $0 + $1.count }) <= self.limits.maxAttachmentBytes else {
            throw .attachmentsTooLarge
        }
    }
}
