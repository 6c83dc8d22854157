internal import EngineIOProtocol
internal import FoundationEssentials

/// The server's open packet as a client reads it.
struct EngineHandshake: Equatable, Sendable {
    let sid: String
    let upgrades: [String]
    let pingInterval: Int64
    let pingTimeout: Int64
    /// Bytes that one POST, or one message, may hold; nil when the server names none.
    let maxPayload: Int?

    private struct Wire: Decodable {
        let sid: String
        let upgrades: [String]?
        let pingInterval: Int64
        let pingTimeout: Int64
        let maxPayload: Int64?
    }

    /// Reads the JSON of an open packet; nil when it is none.
    ///
    /// A session id that would have to be long or encoded to stand in a URL is refused: every server's is
    /// short and plain.
    init?(_ json: [UInt8]) {
        guard json.count <= 16_384,
            let wire = try? JSONDecoder().decode(Wire.self, from: Data(json)),
            (1...256).contains(wire.sid.utf8.count),
            ClientURL.percentEncoded(wire.sid) == wire.sid,
            (wire.upgrades?.count ?? 0) <= 16
        else { return nil }
        sid = wire.sid
        upgrades = wire.upgrades ?? []
        pingInterval = wire.pingInterval
        pingTimeout = wire.pingTimeout
        // Less than a packet's type and a byte makes no sense, and 0 has meant "no limit" in old servers.
        maxPayload = wire.maxPayload.flatMap { $0 > 1 ? Int(clamping: $0) : nil }
    }
}
