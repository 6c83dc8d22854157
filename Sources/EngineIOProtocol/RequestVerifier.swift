/// Decides what an HTTP request to the Engine.IO path asks for, or why it is refused.
///
/// The order of the checks is the reference's: transport, legal origin, sid, transport of the sid, method,
/// upgrade header, version. That an origin must also be allowed is ours: the reference leaves it to the application.
public struct RequestVerifier: Sendable {
    /// What a request asks for.
    public enum Intent: Equatable, Sendable {
        /// Opens a session.
        case handshake(TransportName)
        /// A GET of a polling session.
        case poll(sid: String)
        /// A POST of a polling session.
        case post(sid: String)
        /// A WebSocket for a session that polls.
        case upgrade(sid: String)
    }

    /// What the verifier needs to know about a request.
    public struct Request: Sendable {
        public var method: String
        public var query: RequestQuery
        /// Whether the request carries `Upgrade: websocket`.
        public var isUpgrade: Bool
        public var origin: String?
        public var host: String?
        /// Whether the request came encrypted up to this process.
        public var isSecure: Bool

        /// A request with these properties.
        public init(
            method: String, query: RequestQuery, isUpgrade: Bool, origin: String?, host: String?,
            isSecure: Bool = false
        ) {
            self.method = method
            self.query = query
            self.isUpgrade = isUpgrade
            self.origin = origin
            self.host = host
            self.isSecure = isSecure
        }
    }

    private let transports: [TransportName]
    private let allowUpgrades: Bool
    private let origins: OriginPolicy
    private let sidLengths: ClosedRange<Int>
    private let allowEIO3: Bool

    /// - Parameters:
    ///   - transports: the transports that may open a session.
    ///   - allowUpgrades: whether a polling session may move to WebSocket.
    ///   - origins: which browsers' pages may connect.
    ///   - sidLengths: how long session ids are here; another text is not looked up.
    ///   - allowEIO3: whether clients of protocol v3 may open sessions.
    public init(
        transports: [TransportName], allowUpgrades: Bool, origins: OriginPolicy,
        sidLengths: ClosedRange<Int> = SessionID.length...SessionID.length, allowEIO3: Bool = false
    ) {
        self.sidLengths = sidLengths
        self.transports = transports
        self.allowUpgrades = allowUpgrades
        self.origins = origins
        self.allowEIO3 = allowEIO3
    }

    /// The request's intent.
    ///
    /// Whether the session's current transport fits is for its ``SessionStateMachine`` to say.
    ///
    /// - Parameters:
    ///   - request: what is known of the request.
    ///   - isLive: whether a session with that sid exists.
    /// - Throws: the ``RequestError`` to answer with.
    public func verify(
        _ request: Request, isLive: (String) -> Bool
    ) throws(RequestError) -> Intent {
        guard let name = request.query.transport.flatMap(TransportName.init(rawValue:)),
            transports.contains(name)
        else { throw .transportUnknown }
        if let origin = request.origin, !OriginPolicy.isLegal(origin) { throw .invalidOrigin }
        guard origins.allows(origin: request.origin, host: request.host, isSecure: request.isSecure)
        else {
            throw .forbidden("Origin not allowed")
        }
        if let sid = request.query.sid {
            return try verify(request, sid: sid, name: name, isLive: isLive)
        }
        guard request.method == "GET" else { throw .badHandshakeMethod }
        guard (name == .websocket) == request.isUpgrade else { throw .transportHandshakeError }
        guard request.query.protocolVersion == .v4 || allowEIO3 else { throw .unsupportedProtocolVersion }
        return .handshake(name)
    }

    private func verify(
        _ request: Request, sid: String, name: TransportName, isLive: (String) -> Bool
    ) throws(RequestError) -> Intent {
        guard sidLengths.contains(sid.utf8.count), isLive(sid) else { throw .sessionIDUnknown }
        if request.isUpgrade {
            guard name == .websocket, request.method == "GET", allowUpgrades else { throw .badRequest }
            return .upgrade(sid: sid)
        }
        guard name == .polling else { throw .transportMismatch }
        switch request.method {
        case "GET": return .poll(sid: sid)
        case "POST": return .post(sid: sid)
        default: throw .badRequest
        }
    }
}
