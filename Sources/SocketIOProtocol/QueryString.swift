/// The parameters of a URL's query, in their order, decoded.
///
/// `+` is a space, `%` and two hexadecimal digits a byte; anything else after `%` stays as it is, and bytes that
/// are no UTF-8 become U+FFFD, as in the reference (Node's `querystring`).
public struct QueryString: Sendable {
    /// The names and values, the first of them first.
    public private(set) var parameters: [(name: String, value: String)] = []

    /// Reads what stands after a question mark.
    public init(_ query: some Collection<UInt8>) {
        for pair in query.split(separator: UInt8(ascii: "&")) {
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            parameters.append((Self.decode(name), Self.decode(pair.dropFirst(name.count + 1))))
        }
    }

    /// The values by name; of a name that comes twice the last.
    public var values: [String: String] {
        Dictionary(parameters.map { ($0.name, $0.value) }) { $1 }
    }

    /// The parameters as a JSON object of strings; a name that comes twice has an array of them.
    public var json: [UInt8] {
        var members: [(name: String, values: [String])] = []
        var places: [[UInt8]: Int] = [:]
        for (name, value) in parameters {
            // By bytes: two spellings of a letter are two names.
            let key = Array(name.utf8)
            if let place = places[key] {
                members[place].values.append(value)
            } else {
                places[key] = members.count
                members.append((name, [value]))
            }
        }
        var output: [UInt8] = [UInt8(ascii: "{")]
        for (name, values) in members {
            if output.count > 1 { output.append(UInt8(ascii: ",")) }
            JSONText.string(name, into: &output)
            output.append(UInt8(ascii: ":"))
            Self.append(values, to: &output)
        }
        output.append(UInt8(ascii: "}"))
        return output
    }

    private static func append(_ values: [String], to output: inout [UInt8]) {
        if values.count > 1 { output.append(UInt8(ascii: "[")) }
        for (index, value) in values.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            JSONText.string(value, into: &output)
        }
        if values.count > 1 { output.append(UInt8(ascii: "]")) }
    }

    private static func decode(_ text: some Collection<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = ArraySlice(text)
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), let value = hexadecimal(rest.prefix(2)) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2 else { return nil }
        var value: UInt8 = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: value = value << 4 | (digit - 0x30)
            case 0x41...0x46: value = value << 4 | (digit - 0x37)
            case 0x61...0x66: value = value << 4 | (digit - 0x57)
            default: return nil
            }
        }
        return value
    }
}
