/// The handshake: what the server tells a client when a session opens.
///
/// Source: Engine.IO protocol v4, "Handshake". All five keys are always present.
public struct OpenPacket: Equatable, Sendable {
    /// The session id: 20 characters of `A-Z a-z 0-9 _ -`.
    public var sid: String
    /// The transports the client may upgrade to; empty on WebSocket.
    public var upgrades: [String]
    /// Milliseconds between a pong and the next ping.
    public var pingInterval: Int64
    /// Milliseconds a client has to answer a ping.
    public var pingTimeout: Int64
    /// Bytes that one packet or one POST body may hold.
    public var maxPayload: Int

    /// A handshake with these values.
    public init(sid: String, upgrades: [String], pingInterval: Int64, pingTimeout: Int64, maxPayload: Int) {
        self.sid = sid
        self.upgrades = upgrades
        self.pingInterval = pingInterval
        self.pingTimeout = pingTimeout
        self.maxPayload = maxPayload
    }

    /// The packet on the wire, the type digit included.
    public func encode() -> [UInt8] {
        let list = upgrades.map { "\"\($0)\"" }.joined(separator: ",")
        let json =
            "0{\"sid\":\"\(sid)\",\"upgrades\":[\(list)],\"pingInterval\":\(pingInterval),"
            + "\"pingTimeout\":\(pingTimeout),\"maxPayload\":\(maxPayload)}"
        return Array(json.utf8)
    }
}
