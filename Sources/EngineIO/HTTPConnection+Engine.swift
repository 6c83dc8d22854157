internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import WebSocketProtocol

/// Requests that belong to an engine.
extension HTTPConnection {
    /// Nothing stands before the request any more: its head is looked at, or its end waited for.
    func begin(_ request: EngineRequest) {
        guard request.head.method == .POST, request.query.sid != nil else {
            phase = .engineGet(request)
            return
        }
        beginPost(request)
    }

    func makeExchange(
        _ request: EngineRequest?, session: EngineSession? = nil, isInitial: Bool = false
    ) -> PollExchange {
        let exchange = PollExchange(
            connection: self, session: session, request: request, isInitial: isInitial)
        self.exchange = exchange
        return exchange
    }

    private func beginPost(_ request: EngineRequest) {
        switch request.verify() {
        case .success((.post, let session?)):
            let headers = request.head.headers
            if let encoding = headers.first(name: "content-encoding"), encoding.lowercased() != "identity" {
                // What a few bytes might unpack to is not for this server to find out.
                phase = .skipping
                makeExchange(request).respond(.unsupportedMediaType)
                return
            }
            let exchange = makeExchange(request, session: session)
            guard exchange.bodyForm != nil else {
                refuseUnread(.badRequest, request)
                session.loop.run { session.postAborted(tooLarge: false) }
                return
            }
            let declared = headers.first(name: "content-length").flatMap { Int($0) } ?? 0
            guard declared <= request.engine.configuration.maxPayload else {
                // Not one byte of it needs to be read to know.
                phase = .skipping
                exchange.respond(.payloadTooLarge)
                return
            }
            phase = .enginePost(exchange, session, ByteBuffer())
            session.loop.run { session.postBegan(exchange) }
        case .success: refuseUnread(.badRequest, request)
        case .failure(let error): refuseUnread(error, request)
        }
    }

    /// Refuses a request whose body was not read.
    func refuseUnread(_ error: RequestError, _ request: EngineRequest) {
        phase = .skipping
        keepAlive = false
        makeExchange(request).respond(error)
    }

    /// Acts on a request that came whole.
    func act(on request: EngineRequest) {
        guard !request.answersPreflight else {
            makeExchange(request).respondPreflight()
            return
        }
        switch request.verify() {
        case .failure(let error): refuse(error, request)
        case .success((.handshake(.polling), _)): admit(request, accept: nil)
        case .success((.poll, let session?)):
            let exchange = makeExchange(request, session: session)
            session.loop.run { session.received(poll: exchange) }
        case .success((.handshake(.websocket), _)):
            guard let accept = accept(request) else { return }
            admit(request, accept: accept)
        case .success((.upgrade, let session?)):
            guard let accept = accept(request) else { return }
            let form = PacketForm(session.protocolVersion, base64: request.query.wantsBase64)
            upgrade(request, accept: accept, form: form, isInitial: false) { connection in
                connection.attach(probing: session)
            }
        case .success((.post, _)): refuse(.badRequest, request)
        case .success((_, nil)): refuse(.sessionIDUnknown, request)
        }
    }

    /// A new session: is there room, and what do the hooks say?
    private func admit(_ request: EngineRequest, accept: String?) {
        let ticket: Admission.Ticket?
        do throws(RequestError) {
            ticket = try request.engine.admission.admit(request.info, now: loop.now)
        } catch {
            refuse(error, request)
            return
        }
        let hooks = request.engine.configuration.hooks
        if hooks.allowRequest == nil, hooks.generateID == nil {
            open(request, id: nil, ticket: ticket, accept: accept)
        } else {
            runHandshakeHooks(for: request, ticket: ticket, accept: accept)
        }
    }

    /// - Parameter accept: the answer to the WebSocket's key; nil opens the session by polling.
    func open(_ request: EngineRequest, id: String?, ticket: Admission.Ticket?, accept: String?) {
        if let id, request.engine.sessions[id] != nil {
            refuse(.idGenerationError, request)
            return
        }
        guard let accept else {
            guard
                let session = request.engine.makeSession(
                    for: request, transport: .polling, loop: loop, id: id, ticket: ticket)
            else {
                refuse(.idGenerationError, request)
                return
            }
            session.open(webSocket: nil)
            session.received(poll: makeExchange(request, session: session, isInitial: true))
            return
        }
        upgrade(request, accept: accept, form: request.packetForm, isInitial: true) { [loop] connection in
            // The id was free a moment ago; another loop may have taken it since the 101.
            guard
                let session = request.engine.makeSession(
                    for: request, transport: .websocket, loop: loop, id: id, ticket: ticket)
            else {
                connection.close(code: .internalError)
                return
            }
            connection.attach(session)
            session.open(webSocket: connection)
        }
    }

    // MARK: - Upgrades

    /// The answer to the WebSocket's key; nil when the request was refused for its form.
    private func accept(_ request: EngineRequest) -> String? {
        do throws(ExtensionViolation) {
            _ = try Self.agree(on: request.engine.configuration.messageCompression, head: request.head)
        } catch {
            request.report(.badRequest, error: error)
            refuseUpgrade(error.reason)
            return nil
        }
        do {
            return try request.acceptWebSocket()
        } catch {
            request.report(.badRequest, error: error)
            refuseUpgrade(error.reason, status: error.status)
            return nil
        }
    }

    private func upgrade(
        _ request: EngineRequest, accept: String, form: PacketForm, isInitial: Bool,
        attach: @escaping @Sendable (WebSocketConnection) -> Void
    ) {
        guard let context else { return }
        loop.cancel(self)
        let configuration = request.engine.configuration
        // Malformed offers were refused before this.
        let agreement = try? Self.agree(on: configuration.messageCompression, head: request.head)
        let connection = makeWebSocket(
            configuration.webSocketLimits, configuration.messageCompression, agreement, form: form,
            context: context)
        var headers = request.upgradeHeaders(isInitial: isInitial)
        if let agreement { headers.add(name: "Sec-WebSocket-Extensions", value: agreement.headerValue) }
        upgradePipeline?.switchToWebSocket(
            from: self, to: connection, accept: accept, headers: headers, context: context
        ) {
            attach(connection)
        }
    }
}
