internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import WebSocketProtocol

/// A request that belongs to an engine, with what the engine reads of it.
struct EngineRequest {
    let head: HTTPRequestHead
    let query: RequestQuery
    let engine: EngineServer

    /// Whether the request asks for a WebSocket.
    var isUpgrade: Bool {
        head.headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
    }

    private var origin: String? { head.headers.first(name: "origin") }
    private var host: String? { head.headers.first(name: "host") }

    /// What the request asks for, or why it is refused.
    func verify() -> Result<RequestVerifier.Intent, RequestError> {
        let configuration = engine.configuration
        let verifier = RequestVerifier(
            transports: configuration.transports, allowUpgrades: configuration.allowUpgrades,
            origins: configuration.origins)
        let request = RequestVerifier.Request(
            method: head.method.rawValue, query: query, isUpgrade: isUpgrade, origin: origin, host: host)
        do throws(RequestError) {
            return .success(try verifier.verify(request) { engine.sessions[$0] != nil })
        } catch {
            return .failure(error)
        }
    }

    /// The `Sec-WebSocket-Accept` value for this request.
    func acceptWebSocket() throws(HandshakeViolation) -> String {
        try OpeningHandshake.accept(
            OpeningHandshake.Request(
                method: head.method.rawValue, httpVersionMajor: head.version.major,
                httpVersionMinor: head.version.minor, upgrade: head.headers["upgrade"],
                connection: head.headers["connection"], version: head.headers["sec-websocket-version"],
                key: head.headers["sec-websocket-key"]))
    }

    func handshake(on channel: any Channel, isSecure: Bool) -> HandshakeRequest {
        HandshakeRequest(head: head, remoteAddress: channel.remoteAddress, isSecure: isSecure)
    }

    /// The headers that every answer of the polling transport carries.
    var answerHeaders: HTTPHeaders {
        var headers: HTTPHeaders = ["Cache-Control": "no-store"]
        if let agent = head.headers.first(name: "user-agent"),
            agent.contains(";MSIE") || agent.contains("Trident/")
        {
            headers.add(name: "X-XSS-Protection", value: "0")
        }
        addCORS(to: &headers)
        return headers
    }

    private func addCORS(to headers: inout HTTPHeaders) {
        let configuration = engine.configuration
        guard configuration.origins != .sameOrigin, let origin,
            configuration.origins.allows(origin: origin, host: host)
        else { return }
        headers.add(name: "Access-Control-Allow-Origin", value: origin)
        headers.add(name: "Vary", value: "Origin")
        if configuration.allowCredentials {
            headers.add(name: "Access-Control-Allow-Credentials", value: "true")
        }
        guard head.method == .OPTIONS else { return }
        headers.add(name: "Access-Control-Allow-Methods", value: "GET,HEAD,PUT,PATCH,POST,DELETE")
        if let wanted = head.headers.first(name: "access-control-request-headers") {
            headers.add(name: "Access-Control-Allow-Headers", value: wanted)
        }
    }
}
