internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization
internal import WebSocketProtocol

/// A request that belongs to an engine, with what the engine reads of it.
struct EngineRequest: Sendable {
    let info: HandshakeRequest
    let query: RequestQuery
    let engine: EngineServer
    /// What middlewares want in the answer.
    var extraHeaders: HTTPHeaders = [:]

    var head: HTTPRequestHead { info.head }

    /// Whether the request asks for a WebSocket.
    var isUpgrade: Bool {
        head.headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
    }

    /// How packets look on the transport that the request asks for.
    var packetForm: PacketForm {
        PacketForm(query.protocolVersion, base64: query.wantsBase64 || jsonpIndex != nil)
    }

    /// Whether a browser asks for permission (CORS), and gets the answer from the engine at once.
    var answersPreflight: Bool {
        head.method == .OPTIONS && engine.configuration.origins.usesCORS
            && !engine.configuration.cors.preflightContinue
    }

    /// The number of the callback that a script's poll wants to be called; nil for other requests.
    var jsonpIndex: String? {
        query.transport == TransportName.polling.rawValue ? query.jsonp : nil
    }

    /// The origin of the page that asks, as far as the browser tells.
    private var origin: String? {
        if let origin = head.headers.first(name: "origin") { return origin }
        // Scripts are asked for without Origin, whatever page includes them.
        guard jsonpIndex != nil else { return nil }
        if let referer = head.headers.first(name: "referer"), !referer.isEmpty {
            // The scheme, two slashes, and all up to the path.
            return referer.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
                .joined(separator: "/")
        }
        switch head.headers.first(name: "sec-fetch-site") {
        case nil, "same-origin", "none": return nil
        default: return "null"
        }
    }

    /// What the request asks for, with the session that it names, or why it is refused.
    func verify() -> Result<(RequestVerifier.Intent, EngineSession?), RequestError> {
        if let index = jsonpIndex {
            guard engine.configuration.jsonp else { return .failure(.jsonpDisabled) }
            guard JSONP.isIndex(index) else { return .failure(.badRequest) }
        }
        // Field by field: the whole configuration is too large to be copied for a request.
        let verifier = RequestVerifier(
            transports: engine.configuration.transports,
            allowUpgrades: engine.configuration.allowUpgrades,
            origins: engine.configuration.origins, sidLengths: engine.configuration.sidLengths,
            allowEIO3: engine.configuration.allowEIO3)
        let request = RequestVerifier.Request(
            method: head.method.rawValue, query: query, isUpgrade: isUpgrade,
            origin: origin, host: head.headers.first(name: "host"), isSecure: info.isSecure)
        var found: EngineSession?
        do throws(RequestError) {
            let intent = try verifier.verify(request) { sid in
                found = session(sid)
                return found != nil
            }
            return .success((intent, found))
        } catch {
            return .failure(error)
        }
    }

    /// The session with this id, unless the request lacks the cookie that the session is bound to.
    private func session(_ sid: String) -> EngineSession? {
        guard let session = engine.sessions[sid] else { return nil }
        guard let name = engine.configuration.boundCookie else { return session }
        return session.request.cookie(name) == info.cookie(name) ? session : nil
    }

    /// The `Sec-WebSocket-Accept` value for this request.
    func acceptWebSocket() throws(HandshakeViolation) -> String {
        try OpeningHandshake.accept(OpeningHandshake.Request(head))
    }

    /// Whether ``answerHeaders(opened:)`` are the one that all have, where the request opened no session.
    var hasUsualHeaders: Bool {
        query.sid != nil && extraHeaders.isEmpty && !engine.configuration.origins.usesCORS
            && engine.configuration.hooks.headers == nil && !isOldBrowser
    }

    private var isOldBrowser: Bool {
        guard let agent = head.headers.first(name: "user-agent") else { return false }
        return Self.holds(agent.utf8.span, ";MSIE") || Self.holds(agent.utf8.span, "Trident/")
    }

    /// Byte by byte: `contains` goes from character to character, in each request of each browser.
    private static func holds(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard text.count >= length else { return false }
        for start in 0...text.count - length {
            var place = 0
            while place < length, text[start + place] == word.utf8Start[place] { place += 1 }
            if place == length { return true }
        }
        return false
    }

    /// The headers that every answer of the polling transport carries.
    ///
    /// - Parameter opened: the id of the session that this very request opened.
    func answerHeaders(opened sid: String?) -> HTTPHeaders {
        var headers: HTTPHeaders = ["Cache-Control": "no-store"]
        if isOldBrowser {
            headers.add(name: "X-XSS-Protection", value: "0")
        }
        engine.configuration.cors.addHeaders(
            to: &headers, for: head, origins: engine.configuration.origins, isSecure: info.isSecure)
        if let sid, let cookie = engine.configuration.cookie {
            headers.add(name: "Set-Cookie", value: cookie.setCookie(sid: sid, isSecure: info.isSecure))
        }
        addOwn(to: &headers, isInitial: sid != nil)
        return headers
    }

    /// The headers that the application adds to the 101.
    func upgradeHeaders(isInitial: Bool) -> HTTPHeaders {
        var headers: HTTPHeaders = [:]
        addOwn(to: &headers, isInitial: isInitial)
        return headers
    }

    private func addOwn(to headers: inout HTTPHeaders, isInitial: Bool) {
        let hooks = engine.configuration.hooks
        guard !extraHeaders.isEmpty || hooks.headers != nil || hooks.initialHeaders != nil else { return }
        for name in Set(extraHeaders.map { $0.name.lowercased() }) { headers.remove(name: name) }
        headers.add(contentsOf: extraHeaders)
        if isInitial { hooks.initialHeaders?(&headers, info) }
        hooks.headers?(&headers, info)
        headers = HTTPField.legal(headers)
        // How the answer is framed is not the application's to say.
        for name in ["Content-Length", "Transfer-Encoding", "Connection", "Upgrade"] {
            headers.remove(name: name)
        }
    }

    /// Tells the application that the request was refused.
    func report(_ reason: RequestError, error: (any Error)? = nil) {
        let refusal = EngineServer.Refusal(code: reason.code, context: reason.context)
        engine.refusalCounts.withLock { $0[refusal, default: 0] += 1 }
        engine.configuration.hooks.connectionError?(
            ConnectionFailure(request: info, reason: reason, error: error))
    }
}
