internal import FoundationEssentials
internal import SocketIOProtocol

/// Where the JSON of an argument is written, from left to right, as the bytes that a packet takes.
final class JSONOutput {
    private(set) var bytes: [UInt8] = []
    /// Values that are written aside, because something else may be written before they are complete; in the order of their places.
    private var parts: [(place: Int, slot: JSONSlot)] = []
    let sink: AttachmentSink
    let userInfo: [CodingUserInfoKey: Any]

    init(sink: AttachmentSink) {
        self.sink = sink
        self.userInfo = AttachmentSink.key.map { [$0: sink] } ?? [:]
    }

    /// For what is written aside of another output.
    init(beside other: JSONOutput) {
        sink = other.sink
        userInfo = other.userInfo
    }

    // MARK: - Writing

    func mark(_ mark: Unicode.Scalar) { bytes.append(UInt8(truncatingIfNeeded: mark.value)) }

    /// What stands before a value in an array or, with a name, in an object.
    func begin(_ name: String?, isFirst: Bool) { Self.begin(name, isFirst: isFirst, in: &bytes) }

    /// All in one access to the bytes.
    private static func begin(_ name: String?, isFirst: Bool, in bytes: inout [UInt8]) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        guard let name else { return }
        JSONText.string(name, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    func null() { bytes.append(contentsOf: "null".utf8) }

    func text(_ value: String) { JSONText.string(value, into: &bytes) }

    func bool(_ value: Bool) { bytes.append(contentsOf: value ? "true".utf8 : "false".utf8) }

    func integer(_ value: some FixedWidthInteger) { bytes.append(contentsOf: String(value).utf8) }

    /// Whole numbers without a fraction, as JavaScript writes them. A number that is none has no JSON.
    func number<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ value: Number, in slot: JSONSlot, at key: (any CodingKey)? = nil
    ) throws {
        guard value.isFinite else { throw slot.invalid(value, "JSON has no \(value)", at: key) }
        let text = value.description
        bytes.append(contentsOf: text.hasSuffix(".0") ? text.dropLast(2).utf8 : text[...].utf8)
    }

    /// What Foundation's encoder does not write as the value itself asks for; whether this is such a value.
    func special<Value: Encodable>(_ value: Value) -> Bool {
        if Value.self == Data.self, let data = value as? Data {
            text(data.base64EncodedString())
        } else if Value.self == URL.self, let url = value as? URL {
            text(url.absoluteString)
        } else if Value.self == Decimal.self, let decimal = value as? Decimal {
            bytes.append(contentsOf: decimal.description.utf8)
        } else {
            return false
        }
        return true
    }

    /// Leaves the place for a value that is written aside.
    func leavePlace(for slot: JSONSlot) { parts.append((bytes.count, slot)) }

    // MARK: - Going back

    /// How far has been written.
    struct Mark {
        fileprivate let bytes: Int
        fileprivate let parts: Int
        fileprivate let attachments: Int
    }

    var here: Mark { Mark(bytes: bytes.count, parts: parts.count, attachments: sink.all.count) }

    /// Forgets what was written of a value that cannot be written.
    func goBack(to mark: Mark) {
        bytes.removeLast(bytes.count - mark.bytes)
        parts.removeLast(parts.count - mark.parts)
        sink.removeAll(after: mark.attachments)
    }

    // MARK: - The end

    /// Everything, with what was written aside in its place.
    func finished() throws -> [UInt8] {
        guard !parts.isEmpty else { return bytes }
        var whole: [UInt8] = []
        var position = 0
        for (place, slot) in parts {
            whole.append(contentsOf: bytes[position..<place])
            try slot.close()
            whole.append(contentsOf: try slot.output.finished())
            position = place
        }
        whole.append(contentsOf: bytes[position...])
        return whole
    }
}
