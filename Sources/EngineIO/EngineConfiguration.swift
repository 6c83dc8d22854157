public import EngineIOProtocol

/// How an ``EngineServer`` behaves. The defaults are the reference implementation's where it has any.
public struct EngineConfiguration: Sendable {
    /// The path that belongs to the server, with or without a slash at the end.
    public var path: String
    /// The transports that may open a session.
    public var transports: [TransportName]
    /// Whether a polling session may move to WebSocket.
    public var allowUpgrades: Bool
    /// Whether clients of protocol v3, those of Socket.IO v1 and v2, may open sessions. Every `EIO` but 4 counts
    /// as v3, as in the reference; without this it is refused with "Unsupported protocol version".
    public var allowEIO3: Bool
    /// Heartbeat, upgrade and close durations.
    public var timings: SessionTimings
    /// Bytes of one WebSocket message or one POST body. More closes with 1009 or answers 413.
    public var maxPayload: Int
    /// Packets of one POST body.
    public var maxPacketsPerPayload: Int
    /// Which web pages may connect from a browser.
    public var origins: OriginPolicy
    /// What browsers are told about requests from the foreign pages that ``origins`` allows.
    public var cors: CORSOptions
    /// Bytes that may wait for a slow client before the session is closed as `CloseReason.slowConsumer`.
    public var maxOutboxBytes: Int
    /// Packets that may wait for a slow client.
    public var maxOutboxPackets: Int
    /// Whether ``path`` is served with and without a slash at its end. If not, only as it is written.
    public var addTrailingSlash = true
    /// Whether pages may poll by `<script>` (JSONP), for browsers that have no CORS. Off: a script may be read by
    /// whatever page includes it. When on, the page that asks is told by its `Referer` and `Sec-Fetch-Site`, which old
    /// browsers do not send.
    public var jsonp = false
    /// How answers to polls are compressed; nil compresses none.
    public var httpCompression: HTTPCompression? = HTTPCompression()
    /// The browser client's bundles, to be served under ``path``; nil serves none.
    public var clientFiles: ClientFiles?
    /// A cookie with the session id, for load balancers; nil sets none.
    public var cookie: HandshakeCookie?
    /// The name of a cookie that binds sessions: later requests of a session must carry the value with which it was
    /// opened, or none as it did then; others are answered as if the session did not exist. Nil binds nothing.
    public var boundCookie: String?
    /// A message, `4` included when it is text, that follows the open packet in the same answer or write.
    public var initialPacket: OutgoingPacket?
    /// What the application wants to know, add or decide about requests.
    public var hooks = EngineHooks()
    /// Who is told what happens in the sessions; nil costs next to nothing.
    public var observer: (any EngineObserver)?
    /// How many sessions are taken.
    public var admission = AdmissionLimits()
    /// What becomes of slow clients.
    public var outbox = OutboxPolicy()
    /// Frames of one WebSocket message. More closes with 1008.
    public var maxFragments: Int
    /// permessage-deflate for WebSocket clients that offer it; nil, the default, declines.
    public var messageCompression: MessageCompression?

    /// A configuration with these values.
    public init(
        path: String = "/socket.io/",
        transports: [TransportName] = TransportName.allCases,
        allowUpgrades: Bool = true,
        allowEIO3: Bool = false,
        timings: SessionTimings = SessionTimings(),
        maxPayload: Int = 1_000_000,
        maxPacketsPerPayload: Int = 1_000,
        origins: OriginPolicy = .sameOrigin,
        cors: CORSOptions = CORSOptions(),
        maxOutboxBytes: Int = 4 << 20,
        maxOutboxPackets: Int = 16_384,
        maxFragments: Int = 1_024,
        messageCompression: MessageCompression? = nil
    ) {
        self.path = path
        self.transports = transports
        self.allowUpgrades = allowUpgrades
        self.allowEIO3 = allowEIO3
        self.timings = timings
        self.maxPayload = maxPayload
        self.maxPacketsPerPayload = maxPacketsPerPayload
        self.origins = origins
        self.cors = cors
        self.maxOutboxBytes = maxOutboxBytes
        self.maxOutboxPackets = maxOutboxPackets
        self.maxFragments = maxFragments
        self.messageCompression = messageCompression
    }

    var webSocketLimits: WebSocketLimits {
        WebSocketLimits(maxMessage: maxPayload, maxFragments: maxFragments)
    }

    /// Whether a request's path, without its query, belongs to the server.
    func owns(_ requestPath: Substring) -> Bool {
        guard addTrailingSlash else { return requestPath == path }
        let (asked, own) = (requestPath.utf8.span, path.utf8.span)
        let slash = UInt8(ascii: "/")
        let length = own.count > 0 && own[own.count - 1] == slash ? own.count - 1 : own.count
        guard asked.count == length || (asked.count == length + 1 && asked[length] == slash) else {
            return false
        }
        for place in 0..<length where asked[place] != own[place] { return false }
        return true
    }

    /// The bundle that a request's path, without its query, names.
    func clientFile(_ requestPath: Substring) -> ClientFiles.File? {
        guard let clientFiles else { return nil }
        let folder = path.hasSuffix("/") ? path : path + "/"
        guard requestPath.utf8.starts(with: folder.utf8) else { return nil }
        return clientFiles.file(
            requestPath[requestPath.utf8.index(requestPath.startIndex, offsetBy: folder.utf8.count)...])
    }

    /// How long session ids are.
    var sidLengths: ClosedRange<Int> {
        hooks.generateID == nil ? SessionID.length...SessionID.length : 1...SessionID.maxLength
    }

    /// Finds what a server cannot run with. Called when a listener starts.
    ///
    /// - Throws: the first problem.
    public func validate() throws(EngineConfigurationError) {
        guard path.hasPrefix("/"),
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x3F && $0 != 0x23 })
        else { throw EngineConfigurationError("path", "does not begin with a slash, or is no path") }
        for (option, value) in [
            ("maxPayload", maxPayload), ("maxPacketsPerPayload", maxPacketsPerPayload),
            ("maxOutboxBytes", maxOutboxBytes), ("maxOutboxPackets", maxOutboxPackets),
        ] {
            guard value > 0 else { throw EngineConfigurationError(option, "is not positive") }
        }
        if case .text(let bytes)? = initialPacket, bytes.first != EnginePacketType.message.digit {
            throw EngineConfigurationError("initialPacket", "is text that does not begin with 4")
        }
        guard hooks.timeout > .zero else {
            throw EngineConfigurationError("hooks.timeout", "is not positive")
        }
        try cors.validate()
        try httpCompression?.validate()
        try cookie?.validate()
        try admission.validate()
    }
}
