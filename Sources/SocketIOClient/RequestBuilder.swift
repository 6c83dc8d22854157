internal import EngineIOProtocol
internal import NIOHTTP1

/// Writes the heads of a client's requests.
struct RequestBuilder: Sendable {
    private let path: String
    private let query: String
    let host: String
    private let headers: HTTPHeaders

    init(url: ClientURL, configuration: SocketClient.Configuration) {
        path = configuration.path.hasPrefix("/") ? configuration.path : "/" + configuration.path
        host = url.hostHeader
        let pairs = configuration.query.map {
            "\(ClientURL.percentEncoded($0.name))=\(ClientURL.percentEncoded($0.value))"
        }
        query = ((url.query.isEmpty ? [] : [url.query]) + pairs).map { "&" + $0 }.joined()
        // What frames a request is not the user's to set.
        var headers = configuration.headers
        for name in [
            "Host", "Connection", "Upgrade", "Content-Length", "Transfer-Encoding", "Sec-WebSocket-Key",
            "Sec-WebSocket-Version", "Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol",
        ] {
            headers.remove(name: name)
        }
        self.headers = headers
    }

    /// Path and query.
    func target(_ transport: TransportName, sid: String?) -> String {
        let id = sid.map { "&sid=\(ClientURL.percentEncoded($0))" } ?? ""
        return "\(path)?EIO=4&transport=\(transport.rawValue)\(id)\(query)"
    }

    /// A request of the polling transport.
    func polling(_ method: HTTPMethod, sid: String?, cookies: String?, bodyLength: Int?) -> HTTPRequestHead {
        var all: HTTPHeaders = ["Host": host, "Accept": "*/*"]
        all.add(contentsOf: headers)
        if let cookies { all.add(name: "Cookie", value: cookies) }
        if let bodyLength {
            all.replaceOrAdd(name: "Content-Type", value: "text/plain;charset=UTF-8")
            all.add(name: "Content-Length", value: String(bodyLength))
        }
        return HTTPRequestHead(
            version: .http1_1, method: method, uri: target(.polling, sid: sid), headers: all)
    }

    /// The further headers of a WebSocket's handshake.
    func webSocketHeaders(cookies: String?) -> [(name: String, value: String)] {
        headers.map { ($0.name, $0.value) } + (cookies.map { [("Cookie", $0)] } ?? [])
    }
}
