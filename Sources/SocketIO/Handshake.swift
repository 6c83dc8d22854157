public import EngineIO
internal import FoundationEssentials
public import NIOCore
public import NIOHTTP1
internal import SocketIOEvents
internal import SocketIOProtocol

/// What is known of a client that wants to join a namespace.
public struct Handshake: Sendable {
    /// The namespace that the client asks for.
    public let namespace: String
    /// The CONNECT payload as it came; `{}` when there was none.
    public let authJSON: [UInt8]
    /// The HTTP request that opened the connection.
    public let request: HandshakeRequest
    /// When the CONNECT packet came: milliseconds since 1970.
    public let issued: Int64
    var coding: JSONCoding? = nil

    /// The request's headers.
    public var headers: HTTPHeaders { request.head.headers }

    /// The request's target, path and query.
    public var url: String { request.head.uri }

    /// The parameters of the request's query, decoded; of a name that comes twice the last.
    ///
    /// A v2 client's `query` option arrives here for the root namespace, as ``auth(_:)`` for others.
    public var query: [String: String] {
        QueryString(url.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()).values
    }

    /// The peer's address; a proxy's when there is one in front.
    public var remoteAddress: SocketAddress? { request.remoteAddress }

    /// Decodes the CONNECT payload.
    ///
    /// - Throws: `DecodingError` when it is of another form.
    public func auth<Value: Decodable>(_ type: Value.Type) throws -> Value {
        guard let coding else { return try JSONDecoder().decode(type, from: Data(authJSON)) }
        return try coding.decode(type, from: authJSON)
    }

    /// The value of a cookie, the first of that name.
    public func cookie(_ name: String) -> String? {
        for header in headers["cookie"] {
            for pair in header.split(separator: ";") {
                let trimmed = pair.drop { $0 == " " }
                guard let equals = trimmed.firstIndex(of: "=") else { continue }
                if trimmed[..<equals] == name { return String(trimmed[trimmed.index(after: equals)...]) }
            }
        }
        return nil
    }
}
