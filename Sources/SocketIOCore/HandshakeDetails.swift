/// What the other servers of a cluster may know of how a client came: the reference's `handshake` object.
public struct HandshakeDetails: Sendable, Equatable {
    /// The headers of the request that opened the connection; names in lower case.
    public var headers: [String: [String]]
    /// The peer's address as text; empty when it is unknown.
    public var address: String
    /// Whether the connection was encrypted.
    public var isSecure: Bool
    /// Whether the request named an origin.
    public var isCrossDomain: Bool
    /// When the client joined: milliseconds since 1970.
    public var issued: Int64
    /// The request's target, path and query.
    public var url: String
    /// The query's values; the last of a name counts.
    public var query: [String: String]
    /// The CONNECT payload, a JSON object.
    public var authJSON: [UInt8]

    /// Details of these values.
    public init(
        headers: [String: [String]] = [:], address: String = "", isSecure: Bool = false,
        isCrossDomain: Bool = false, issued: Int64 = 0, url: String = "", query: [String: String] = [:],
        authJSON: [UInt8] = Array("{}".utf8)
    ) {
        self.headers = headers
        self.address = address
        self.isSecure = isSecure
        self.isCrossDomain = isCrossDomain
        self.issued = issued
        self.url = url
        self.query = query
        self.authJSON = authJSON
    }
}
