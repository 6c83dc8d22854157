/// Writes one JSON value as MessagePack, attachments in place of their placeholders.
///
/// MessagePack says how many elements a container has before the first of them, JSON does not: one scan
/// counts, the second writes.
enum JSONToMessagePack {
    /// Appends the value in `json`.
    ///
    /// - Throws: `.malformedJSON` and its kin when `json` is not one value.
    static func append(
        _ json: Span<UInt8>, attachments: [[UInt8]], to output: inout [UInt8]
    ) throws(SocketIOViolation) {
        var counter = ContainerCounter(attachmentCount: attachments.count)
        let end = try JSONScanner.scan(
            json, from: 0, maxDepth: ParserLimits.deepestJSON, visitor: &counter)
        guard JSONScanner.skipWhitespace(json, from: end) == json.count else { throw .trailingBytes }
        var writer = MessagePackVisitor(containers: counter.containers, attachments: attachments)
        writer.output = consume output
        _ = try? JSONScanner.scan(json, from: 0, maxDepth: ParserLimits.deepestJSON, visitor: &writer)
        output = writer.output
    }
}

/// Counts the elements of every container of a JSON value, and tells which of them are placeholders.
struct ContainerCounter: JSONVisitor {
    struct Container: Equatable {
        var count = 0
        var isPlaceholder = false
        var number: Int?
    }

    private enum Key { case placeholder, number, other }

    /// In the order in which they open.
    private(set) var containers: [Container] = []
    private let attachmentCount: Int
    private var open: [Int] = []
    private var key = Key.other
    private var start = 0

    init(attachmentCount: Int) {
        self.attachmentCount = attachmentCount
    }

    mutating func begin(_ kind: JSONKind, at index: Int, depth: Int) {
        self.start = index
        if let top = self.open.last {
            self.containers[top].count += 1
            if self.key == .placeholder, kind == .true { self.containers[top].isPlaceholder = true }
        }
        guard !kind.isScalar else { return }
        self.key = .other
        self.open.append(self.containers.count)
        self.containers.append(Container())
    }

    mutating func end(_ kind: JSONKind, at index: Int, depth: Int, in bytes: Span<UInt8>) {
        guard kind.isScalar else {
            self.open.removeLast()
            return
        }
        if self.key == .number, kind == .number, let top = self.open.last {
            self.containers[top].number = self.attachment(self.start..<index, bytes)
        }
        self.key = .other
    }

    mutating func key(_ token: Range<Int>, depth: Int, in bytes: Span<UInt8>) {
        // Short enough, and few: the text costs nothing that a chat would notice.
        guard self.attachmentCount > 0, token.count >= 5 else {
            self.key = .other
            return
        }
        switch JSONText.unescape(bytes, token: token) {
        case "_placeholder": self.key = .placeholder
        case "num": self.key = .number
        default: self.key = .other
        }
    }

    private func attachment(_ token: Range<Int>, _ bytes: Span<UInt8>) -> Int? {
        guard token.count <= 2 else { return nil }
        var number = 0
        for index in token {
            guard JSONToken.isDigit(bytes[index]) else { return nil }
            number = number * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        }
        return number < self.attachmentCount ? number : nil
    }
}

/// Writes what a scan finds, with the counts of the scan before.
struct MessagePackVisitor: JSONVisitor {
    var output: [UInt8] = []
    private let containers: [ContainerCounter.Container]
    private let attachments: [[UInt8]]
    private var next = 0
    private var start = 0
    /// The depth of the placeholder that is being passed over.
    private var silentDepth: Int?

    init(containers: [ContainerCounter.Container], attachments: [[UInt8]]) {
        self.containers = containers
        self.attachments = attachments
    }

    mutating func begin(_ kind: JSONKind, at index: Int, depth: Int) {
        self.start = index
        guard !kind.isScalar else { return }
        let container = self.containers[self.next]
        self.next += 1
        guard self.silentDepth == nil else { return }
        if container.isPlaceholder, let number = container.number {
            MessagePackWriter.binary(self.attachments[number], to: &self.output)
            self.silentDepth = depth
        } else if kind == .array {
            MessagePackWriter.array(container.count, to: &self.output)
        } else {
            MessagePackWriter.map(container.count, to: &self.output)
        }
    }

    mutating func end(_ kind: JSONKind, at index: Int, depth: Int, in bytes: Span<UInt8>) {
        guard self.silentDepth == nil else {
            if !kind.isScalar, depth == self.silentDepth { self.silentDepth = nil }
            return
        }
        switch kind {
        case .null: self.output.append(0xC0)
        case .false: self.output.append(0xC2)
        case .true: self.output.append(0xC3)
        case .string: self.string(self.start..<index, bytes)
        case .number: self.number(self.start..<index, bytes)
        case .object, .array: break
        }
    }

    mutating func key(_ token: Range<Int>, depth: Int, in bytes: Span<UInt8>) {
        if self.silentDepth == nil { self.string(token, bytes) }
    }

    private mutating func string(_ token: Range<Int>, _ bytes: Span<UInt8>) {
        // A text that the transport let through is UTF-8; one that is not becomes an empty one.
        MessagePackWriter.string((JSONText.unescape(bytes, token: token) ?? "").utf8, to: &self.output)
    }

    private mutating func number(_ token: Range<Int>, _ bytes: Span<UInt8>) {
        var text: [UInt8] = []
        for index in token { text.append(bytes[index]) }
        let digits = String(decoding: text, as: UTF8.self)
        if let value = Int64(digits) {
            MessagePackWriter.integer(value, to: &self.output)
        } else if let value = UInt64(digits) {
            MessagePackWriter.unsigned(value, to: &self.output)
        } else if let value = Double(digits) {
            // Every JSON number is one, an endless one if need be.
            MessagePackWriter.number(value, to: &self.output)
        }
    }
}
