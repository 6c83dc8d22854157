public import EngineIOProtocol

/// How an ``EngineServer`` behaves. The defaults are the reference implementation's where it has any.
public struct EngineConfiguration: Sendable {
    /// The path that belongs to the server, with or without a slash at the end.
    public var path: String
    /// The transports that may open a session.
    public var transports: [TransportName]
    /// Whether a polling session may move to WebSocket.
    public var allowUpgrades: Bool
    /// Heartbeat, upgrade and close durations.
    public var timings: SessionTimings
    /// Bytes of one WebSocket message or one POST body. More closes with 1009 or answers 413.
    public var maxPayload: Int
    /// Packets of one POST body.
    public var maxPacketsPerPayload: Int
    /// Which web pages may connect from a browser.
    public var origins: OriginPolicy
    /// Whether foreign pages that ``origins`` allows may send cookies (CORS).
    public var allowCredentials: Bool
    /// Bytes that may wait for a slow client before the session is closed as ``CloseReason/slowConsumer``.
    public var maxOutboxBytes: Int
    /// Packets that may wait for a slow client.
    public var maxOutboxPackets: Int

    /// A configuration with these values.
    public init(
        path: String = "/socket.io/",
        transports: [TransportName] = TransportName.allCases,
        allowUpgrades: Bool = true,
        timings: SessionTimings = SessionTimings(),
        maxPayload: Int = 1_000_000,
        maxPacketsPerPayload: Int = 1_000,
        origins: OriginPolicy = .sameOrigin,
        allowCredentials: Bool = true,
        maxOutboxBytes: Int = 4 << 20,
        maxOutboxPackets: Int = 16_384
    ) {
        self.path = path
        self.transports = transports
        self.allowUpgrades = allowUpgrades
        self.timings = timings
        self.maxPayload = maxPayload
        self.maxPacketsPerPayload = maxPacketsPerPayload
        self.origins = origins
        self.allowCredentials = allowCredentials
        self.maxOutboxBytes = maxOutboxBytes
        self.maxOutboxPackets = maxOutboxPackets
    }

    /// Whether a request's path, without its query, belongs to the server.
    func owns(_ requestPath: Substring) -> Bool {
        let wanted = path.hasSuffix("/") ? path.dropLast() : path[...]
        return requestPath == wanted
            || (requestPath.utf8.count == wanted.utf8.count + 1 && requestPath.hasPrefix(wanted)
                && requestPath.hasSuffix("/"))
    }
}
