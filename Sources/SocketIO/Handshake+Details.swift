internal import EngineIO
internal import NIOCore
internal import NIOHTTP1
internal import SocketIOCore

extension Handshake {
    /// What the other servers of a cluster may know of it.
    var details: HandshakeDetails {
        var headers: [String: [String]] = [:]
        for header in self.headers { headers[header.name.lowercased(), default: []].append(header.value) }
        return HandshakeDetails(
            headers: headers, address: remoteAddress?.ipAddress ?? "", isSecure: request.isSecure,
            isCrossDomain: headers["origin"] != nil, issued: issued, url: url, query: query,
            authJSON: authJSON)
    }
}
