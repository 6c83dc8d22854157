/// Checks the placeholders of a binary packet while its payload is scanned.
///
/// The reference replaces an object whose `_placeholder` is `true` by the attachment with the index `num`. It
/// may stand anywhere and have other members. Keys are compared after unescaping, or `"_place\u0068older"`
/// would pass here and be a placeholder to whoever decodes the payload. A placeholder that says `num` or
/// `_placeholder` twice is refused: JSON does not say which one counts.
struct PlaceholderVisitor: JSONVisitor {
    /// What is known of an open object.
    private struct Members: OptionSet {
        var rawValue: UInt8
        static let isPlaceholder = Self(rawValue: 1)
        static let sawPlaceholderKey = Self(rawValue: 2)
        static let sawNumber = Self(rawValue: 4)
        static let isBroken = Self(rawValue: 8)
    }

    private enum Key {
        case placeholder, number, other
    }

    private static let placeholderKey: [UInt8] = Array("_placeholder".utf8)
    private static let numberKey: [UInt8] = Array("num".utf8)

    private let attachmentCount: Int
    /// What is known of the object around each depth. The scanner opens at most 512
    /// (`ContainerStack.capacity`) containers, and refuses the one after them only when it has been announced
    /// here.
    private var members: InlineArray<514, UInt8> = .init(repeating: 0)
    private var key = Key.other
    private var valueStart = 0

    init(attachmentCount: Int) {
        self.attachmentCount = attachmentCount
    }

    mutating func begin(_ kind: JSONKind, at index: Int, depth: Int) {
        self.valueStart = index
        guard !kind.isScalar else { return }
        self.noteMember(kind, depth: depth, isIndex: false)
        self.members[depth + 1] = 0
        self.key = .other
    }

    mutating func end(
        _ kind: JSONKind, at index: Int, depth: Int, in bytes: Span<UInt8>
    ) throws(SocketIOViolation) {
        switch kind {
        case .object:
            let members = Members(rawValue: self.members[depth + 1])
            guard members.contains(.isPlaceholder) else { return }
            guard members.contains(.sawNumber), !members.contains(.isBroken) else {
                throw .illegalPlaceholder
            }
        case .array:
            return
        case .number:
            self.noteMember(kind, depth: depth, isIndex: self.isIndex(self.valueStart..<index, in: bytes))
        case .string, .true, .false, .null:
            self.noteMember(kind, depth: depth, isIndex: false)
        }
    }

    mutating func key(_ token: Range<Int>, depth: Int, in bytes: Span<UInt8>) {
        if Self.spells(Self.placeholderKey, bytes, token: token) {
            self.key = .placeholder
        } else if Self.spells(Self.numberKey, bytes, token: token) {
            self.key = .number
        } else {
            self.key = .other
        }
    }

    /// Notes the value of the member whose key was read last; elements of arrays have `.other`.
    private mutating func noteMember(_ kind: JSONKind, depth: Int, isIndex: Bool) {
        var members = Members(rawValue: self.members[depth])
        switch self.key {
        case .placeholder:
            if !members.insert(.sawPlaceholderKey).inserted { members.insert(.isBroken) }
            if kind == .true { members.insert(.isPlaceholder) }
        case .number:
            if !members.insert(.sawNumber).inserted || !isIndex { members.insert(.isBroken) }
        case .other:
            break
        }
        self.members[depth] = members.rawValue
        self.key = .other
    }

    /// Whether the number token is an index of an attachment, in digits only.
    private func isIndex(_ token: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        guard token.count <= 2, JSONToken.endOfDigits(bytes, at: token.lowerBound) == token.upperBound else {
            return false
        }
        var index = 0
        for position in token {
            index = index * 10 + Int(bytes[position] - UInt8(ascii: "0"))
        }
        return index < self.attachmentCount
    }

    /// Whether the string token, quotes included, is `name` once unescaped.
    private static func spells(_ name: [UInt8], _ bytes: Span<UInt8>, token: Range<Int>) -> Bool {
        let content = bytes.extracting((token.lowerBound + 1)..<(token.upperBound - 1))
        guard content.count >= name.count, content.count <= name.count * 6 else { return false }
        var index = 0
        for byte in name {
            guard index < content.count else { return false }
            if content[index] == UInt8(ascii: "\\") {
                let (scalar, next) = JSONUnescaper.escape(content, at: index)
                guard scalar.value == UInt32(byte) else { return false }
                index = next
            } else {
                guard content[index] == byte else { return false }
                index += 1
            }
        }
        return index == content.count
    }
}
