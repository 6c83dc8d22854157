/// Reads `Sec-WebSocket-Extensions` from left to right, each byte once (RFC 6455 section 9.1).
///
/// A regular expression over this field has brought other servers down; here the time is linear in the
/// length, and the length is bounded.
public struct ExtensionList: Sendable {
    /// One extension as it was written.
    public struct Element: Equatable, Sendable {
        /// The extension's name.
        public var name: String
        /// Its parameters in order, repeated ones too.
        public var parameters: [Parameter]
    }

    /// One parameter of an extension.
    public struct Parameter: Equatable, Sendable {
        /// The parameter's name.
        public var name: String
        /// Its value without quotes, nil when there is no `=`.
        public var value: String?
    }

    /// The longest field, over all its lines, in bytes.
    public static let maxBytes = 4096

    private let bytes: [UInt8]
    private var index = 0

    /// - Parameter values: the field's lines in order; together they are one list.
    /// - Throws: ``ExtensionViolation/malformed`` when they are longer than ``maxBytes``.
    public init(_ values: [String]) throws(ExtensionViolation) {
        var bytes: [UInt8] = []
        for value in values {
            guard bytes.count + value.utf8.count < Self.maxBytes else { throw .malformed }
            bytes.append(contentsOf: value.utf8)
            bytes.append(UInt8(ascii: ","))
        }
        self.bytes = bytes
    }

    /// The next extension; nil at the end.
    public mutating func next() throws(ExtensionViolation) -> Element? {
        // Empty elements are allowed in every list of HTTP (RFC 9110 section 5.6.1).
        skipSpace()
        while take(UInt8(ascii: ",")) { skipSpace() }
        guard index < bytes.count else { return nil }
        var element = Element(name: try token(), parameters: [])
        skipSpace()
        while take(UInt8(ascii: ";")) {
            skipSpace()
            let name = try token()
            skipSpace()
            var value: String?
            if take(UInt8(ascii: "=")) {
                skipSpace()
                value = take(UInt8(ascii: "\"")) ? try quoted() : try token()
                skipSpace()
            }
            element.parameters.append(Parameter(name: name, value: value))
        }
        guard take(UInt8(ascii: ",")) else { throw .malformed }
        return element
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    }

    private mutating func token() throws(ExtensionViolation) -> String {
        let start = index
        while index < bytes.count, Self.isTokenByte(bytes[index]) { index += 1 }
        guard index > start else { throw .malformed }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// The rest of a quoted string; what it says must be a token too.
    private mutating func quoted() throws(ExtensionViolation) -> String {
        var value: [UInt8] = []
        while !take(UInt8(ascii: "\"")) {
            _ = take(UInt8(ascii: "\\"))
            guard index < bytes.count, Self.isTokenByte(bytes[index]) else { throw .malformed }
            value.append(bytes[index])
            index += 1
        }
        guard !value.isEmpty else { throw .malformed }
        return String(decoding: value, as: UTF8.self)
    }

    /// `tchar` of RFC 9110 section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"), 0x23...0x27, UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), 0x5E...0x60, UInt8(ascii: "|"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
