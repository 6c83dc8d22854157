/// The part of a request's query that Engine.IO reads.
///
/// Of a key that is given twice the last value counts, as in the reference.
public struct RequestQuery: Equatable, Sendable {
    /// The protocol version as given.
    public var version: String?
    /// The transport's name as given.
    public var transport: String?
    /// The session id as given.
    public var sid: String?
    /// The JSONP index as given.
    public var jsonp: String?

    /// What `b64` was given as; any text but the empty one asks for binary data as base64.
    public var b64: String?

    /// The version that the request means: `4`, and v3 for everything else, as the reference reads it.
    public var protocolVersion: ProtocolVersion { version == "4" ? .v4 : .v3 }

    /// Whether the client cannot take binary data.
    public var wantsBase64: Bool { b64?.isEmpty == false }

    /// Where the query's question mark stands in a request's target; its length when there is none.
    public static func start(in target: Span<UInt8>) -> Int {
        var place = 0
        while place < target.count, target[place] != UInt8(ascii: "?") { place += 1 }
        return place
    }

    /// Reads the text after the question mark. Anything else in it is ignored.
    public init(_ query: Substring) {
        let bytes = query.utf8.span
        var start = 0
        while start < bytes.count {
            var end = start
            var equals: Int?
            while end < bytes.count, bytes[end] != UInt8(ascii: "&") {
                if equals == nil, bytes[end] == UInt8(ascii: "=") { equals = end }
                end += 1
            }
            let key = bytes.extracting(start..<(equals ?? end))
            let value = equals.map { $0 + 1 } ?? end
            if Self.matches(key, "EIO") {
                version = Self.text(query, from: value, to: end)
            } else if Self.matches(key, "transport") {
                transport = Self.text(query, from: value, to: end)
            } else if Self.matches(key, "sid") {
                sid = Self.text(query, from: value, to: end)
            } else if Self.matches(key, "j") {
                jsonp = Self.text(query, from: value, to: end)
            } else if Self.matches(key, "b64") {
                b64 = Self.text(query, from: value, to: end)
            }
            start = end + 1
        }
    }

    private static func matches(_ key: Span<UInt8>, _ word: String) -> Bool {
        guard key.count == word.utf8.count else { return false }
        var place = 0
        for byte in word.utf8 {
            guard key[place] == byte else { return false }
            place += 1
        }
        return true
    }

    private static func text(_ query: Substring, from start: Int, to end: Int) -> String {
        let first = query.utf8.index(query.startIndex, offsetBy: start)
        return String(query[first..<query.utf8.index(first, offsetBy: end - start)])
    }
}
