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

    /// Reads the text after the question mark. Anything else in it is ignored.
    public init(_ query: Substring) {
        var start = query.startIndex
        while start < query.endIndex {
            let end = query[start...].firstIndex(of: "&") ?? query.endIndex
            let pair = query[start..<end]
            let equals = pair.firstIndex(of: "=") ?? pair.endIndex
            let value = equals < pair.endIndex ? String(pair[pair.index(after: equals)...]) : ""
            switch pair[..<equals] {
            case "EIO": version = value
            case "transport": transport = value
            case "sid": sid = value
            case "j": jsonp = value
            case "b64": b64 = value
            default: break
            }
            guard end < query.endIndex else { break }
            start = query.index(after: end)
        }
    }
}
