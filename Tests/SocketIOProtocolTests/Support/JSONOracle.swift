/// A JSON value as a tree; objects keep their members in order, repeated keys included.
indirect enum JSONTree: Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string([UInt16])
    case array([JSONTree])
    case object([Member])

    struct Member: Equatable {
        let key: [UInt16]
        let value: JSONTree
    }

    /// The containers around the innermost value.
    var depth: Int {
        switch self {
        case .null, .bool, .number, .string: 0
        case .array(let items): 1 + (items.map(\.depth).max() ?? 0)
        case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
        }
    }
}

/// The slow way to read JSON: recursive descent over characters into a tree, straight from RFC 8259's
/// grammar. It shares nothing with the scanner that it judges.
struct JSONOracle {
    private let text: [Unicode.Scalar]
    private var position = 0

    /// The tree of `text`, which must be one value and nothing but whitespace around it; nil if it is none.
    static func tree(_ text: String) -> JSONTree? {
        var oracle = Self(text: Array(text.unicodeScalars))
        guard let tree = oracle.value() else { return nil }
        oracle.whitespace()
        return oracle.position == oracle.text.count ? tree : nil
    }

    private init(text: [Unicode.Scalar]) {
        self.text = text
    }

    private var current: Unicode.Scalar? {
        self.position < self.text.count ? self.text[self.position] : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard self.current == scalar else { return false }
        self.position += 1
        return true
    }

    private mutating func whitespace() {
        while let scalar = self.current, " \n\r\t".unicodeScalars.contains(scalar) { self.position += 1 }
    }

    private mutating func word(_ word: String, _ tree: JSONTree) -> JSONTree? {
        for scalar in word.unicodeScalars {
            guard self.take(scalar) else { return nil }
        }
        return tree
    }

    private mutating func value() -> JSONTree? {
        self.whitespace()
        switch self.current {
        case "{": return self.object()
        case "[": return self.array()
        case "\"": return self.string().map { .string($0) }
        case "t": return self.word("true", .bool(true))
        case "f": return self.word("false", .bool(false))
        case "n": return self.word("null", .null)
        default: return self.number()
        }
    }

    private mutating func array() -> JSONTree? {
        guard self.take("[") else { return nil }
        self.whitespace()
        if self.take("]") { return .array([]) }
        var items: [JSONTree] = []
        repeat {
            guard let item = self.value() else { return nil }
            items.append(item)
            self.whitespace()
        } while self.take(",")
        return self.take("]") ? .array(items) : nil
    }

    private mutating func object() -> JSONTree? {
        guard self.take("{") else { return nil }
        self.whitespace()
        if self.take("}") { return .object([]) }
        var members: [JSONTree.Member] = []
        repeat {
            self.whitespace()
            guard let key = self.string() else { return nil }
            self.whitespace()
            guard self.take(":"), let value = self.value() else { return nil }
            members.append(.init(key: key, value: value))
            self.whitespace()
        } while self.take(",")
        return self.take("}") ? .object(members) : nil
    }

    private mutating func string() -> [UInt16]? {
        guard self.take("\"") else { return nil }
        var units: [UInt16] = []
        while let scalar = self.current {
            self.position += 1
            switch scalar {
            case "\"": return units
            case "\\":
                guard let unit = self.escape() else { return nil }
                units.append(unit)
            case "\u{00}"..."\u{1F}": return nil
            default: units.append(contentsOf: String(scalar).utf16)
            }
        }
        return nil
    }

    private mutating func escape() -> UInt16? {
        guard let letter = self.current else { return nil }
        self.position += 1
        switch letter {
        case "\"", "\\", "/": return UInt16(letter.value)
        case "b": return 8
        case "f": return 12
        case "n": return 10
        case "r": return 13
        case "t": return 9
        case "u":
            let digits = self.text[self.position...].prefix(4)
            guard digits.count == 4, digits.allSatisfy({ $0.properties.isASCIIHexDigit }) else { return nil }
            self.position += 4
            return UInt16(String(String.UnicodeScalarView(digits)), radix: 16)
        default: return nil
        }
    }

    private mutating func number() -> JSONTree? {
        let start = self.position
        _ = self.take("-")
        if !self.take("0") {
            guard self.digits() > 0 else { return nil }
        }
        if self.take("."), self.digits() == 0 { return nil }
        if self.take("e") || self.take("E") {
            if !self.take("+") { _ = self.take("-") }
            guard self.digits() > 0 else { return nil }
        }
        return .number(String(String.UnicodeScalarView(self.text[start..<self.position])))
    }

    private mutating func digits() -> Int {
        let start = self.position
        while let scalar = self.current, ("0"..."9").contains(scalar) { self.position += 1 }
        return self.position - start
    }
}
