internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import WebSocketProtocol

/// Connections that become WebSockets, for an engine or without one.
extension HTTPConnection {
    /// What is agreed on about compression with the sender of `head`.
    static func agree(
        on compression: MessageCompression?, head: HTTPRequestHead
    ) throws(ExtensionViolation) -> DeflateAgreement? {
        guard let compression else { return nil }
        return try DeflateAgreement.accept(
            head.headers["sec-websocket-extensions"], policy: compression.policy)
    }

    func makeWebSocket(
        _ limits: WebSocketLimits, _ compression: MessageCompression?, _ agreement: DeflateAgreement?,
        form: PacketForm, context: ChannelHandlerContext
    ) -> WebSocketConnection {
        var deflate: MessageDeflate?
        if let compression, let agreement {
            deflate = MessageDeflate(
                agreement, compression: compression, pool: loop.deflatePool,
                allocator: context.channel.allocator)
        }
        return WebSocketConnection(
            channel: context.channel, loop: loop, form: form, limits: limits, deflate: deflate)
    }

    /// Answers a request to a ``WebSocketEndpoint``.
    func acceptBareWebSocket(
        _ head: HTTPRequestHead, _ endpoint: WebSocketEndpoint, context: ChannelHandlerContext
    ) {
        let (origin, host) = (head.headers.first(name: "origin"), head.headers.first(name: "host"))
        if let origin, !endpoint.origins.allows(origin: origin, host: host, isSecure: listener.isSecure) {
            refuseUpgrade("Forbidden", status: 403)
            return
        }
        let accept: String
        let agreement: DeflateAgreement?
        do throws(HandshakeViolation) {
            accept = try OpeningHandshake.accept(OpeningHandshake.Request(head))
        } catch {
            refuseUpgrade(error.reason, status: error.status)
            return
        }
        do throws(ExtensionViolation) {
            agreement = try Self.agree(on: endpoint.compression, head: head)
        } catch {
            refuseUpgrade(error.reason)
            return
        }
        let connection = makeWebSocket(
            endpoint.limits, endpoint.compression, agreement, form: .v4, context: context)
        var headers: HTTPHeaders = [:]
        if let agreement { headers.add(name: "Sec-WebSocket-Extensions", value: agreement.headerValue) }
        upgradePipeline?.switchToWebSocket(
            from: self, to: connection, accept: accept, headers: headers, context: context
        ) {
            connection.attach(endpoint.accept(BareWebSocket(connection: connection), head))
        }
    }
}

extension OpeningHandshake.Request {
    /// What the handshake reads of `head`.
    init(_ head: HTTPRequestHead) {
        self.init(
            method: head.method.rawValue, httpVersionMajor: head.version.major,
            httpVersionMinor: head.version.minor, upgrade: head.headers["upgrade"],
            connection: head.headers["connection"], version: head.headers["sec-websocket-version"],
            key: head.headers["sec-websocket-key"])
    }
}
