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
        let bytes = query.utf8
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.endIndex
            read(bytes[start..<end])
            guard end < bytes.endIndex else { break }
            start = bytes.index(after: end)
        }
    }

    private mutating func read(_ pair: Substring.UTF8View) {
        let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
        let key = pair[..<equals]
        func value() -> String {
            equals < pair.endIndex ? String(Substring(pair[pair.index(after: equals)...])) : ""
        }
        if key.elementsEqual("EIO".utf8) {
            version = value()
        } else if key.elementsEqual("transport".utf8) {
            transport = value()
        } else if key.elementsEqual("sid".utf8) {
            sid = value()
        } else if key.elementsEqual("j".utf8) {
            jsonp = value()
        } else if key.elementsEqual("b64".utf8) {
            b64 = value()
        }
    }
}
