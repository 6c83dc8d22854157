internal import SocketIO
internal import SocketIOCore
internal import Testing

/// What a client knows of its session: what the official one keeps in `id`, `_pid` and `_lastOffset`.
struct Identity: Equatable, Sendable {
    var sid: String
    var pid: String
    var offset: String?

    /// The payload of the CONNECT that asks for the session.
    var auth: String {
        let offset = offset.map { ",\"offset\":\"\($0)\"" } ?? ""
        return "{\"pid\":\"\(pid)\"\(offset)}"
    }

    /// Reads `40{"sid":"...","pid":"..."}`.
    init(_ answer: String) throws {
        let parts = answer.split(separator: "\"", omittingEmptySubsequences: false)
        try #require(parts.count == 9 && parts[1] == "sid" && parts[5] == "pid", "\(answer)")
        sid = String(parts[3])
        pid = String(parts[7])
        try #require(answer.hasSuffix("{\"sid\":\"\(sid)\",\"pid\":\"\(pid)\"}"))
    }

    /// Takes the offset of an event, its last argument.
    @discardableResult
    mutating func note(_ event: String) throws -> String {
        let parts = event.split(separator: "\"", omittingEmptySubsequences: false)
        try #require(event.hasSuffix("\"]") && parts.count >= 3)
        let last = String(parts[parts.count - 2])
        try #require(RecoveryOffset(last) != nil, "\(event)")
        offset = last
        return String(event.dropLast(RecoveryOffset.length + 4))
    }
}

extension Stack {
    /// A server with recovery on.
    static func recovering(_ recovery: Recovery = .init(), loops: Int = 1) -> Stack {
        Stack(Configuration(recovery: recovery), loops: loops)
    }

    /// A client that has joined, and its identity.
    func joined(
        _ namespace: String = "/", loop index: Int = 0, auth: String = ""
    ) async throws -> (WebSocketClient, Identity) {
        let client = try await webSocket(loop: index)
        await client.send("40" + (namespace == "/" ? "" : namespace + ",") + auth)
        return (client, try Identity(try await client.texts(1)[0]))
    }

    /// A client that asks for a session: what it gets, the answer to its CONNECT last.
    func back(
        _ identity: Identity, _ namespace: String = "/", loop index: Int = 0, auth: String? = nil
    ) async throws -> (WebSocketClient, [String], Identity) {
        let prefix = "40" + (namespace == "/" ? "" : namespace + ",")
        let client = try await webSocket(loop: index)
        await client.send(prefix + (auth ?? identity.auth))
        await settle()
        var got: [String] = []
        while true {
            let text = try await client.texts(1)[0]
            if text.hasPrefix(prefix) { return (client, got, try Identity(text)) }
            got.append(text)
        }
    }
}

/// The events without their offsets.
func plain(_ events: [String]) throws -> [String] {
    var identity = Identity(sid: "", pid: "")
    return try events.map { try identity.note($0) }
}

extension Identity {
    init(sid: String, pid: String) {
        self.sid = sid
        self.pid = pid
    }
}
