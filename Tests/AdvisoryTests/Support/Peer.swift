internal import Glibc
internal import NIOCore

/// A client on a real socket that says what it is told to, right or wrong.
actor Peer {
    /// The server said something else than the test needs to go on.
    struct Unexpected: Error {
        let what: String
    }

    static let upgradeFields = [
        "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]

    nonisolated let channel: any Channel
    private let inbox: Inbox
    private var unread: [UInt8] = []

    init(channel: any Channel, inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    // MARK: - Sending

    /// Sends bytes; a server that has closed takes none, which is no failure here.
    func send(_ bytes: [UInt8]) async {
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Sends bytes without waiting until the system has them.
    func begin(_ bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    func send(_ text: String) async { await send(Array(text.utf8)) }

    func send(_ frames: ClientFrame...) async { await send(frames.flatMap(\.bytes)) }

    /// A request's head.
    static func head(_ method: String, _ query: String, _ fields: [String] = []) -> String {
        (["\(method) /socket.io/?\(query) HTTP/1.1", "Host: chat.example"] + fields)
            .joined(separator: "\r\n") + "\r\n\r\n"
    }

    static func post(_ sid: String, _ body: [UInt8], version: Int = 4, _ fields: [String]? = nil) -> [UInt8] {
        let fields = fields ?? ["Content-Type: text/plain;charset=UTF-8"]
        return Array(
            head(
                "POST", "EIO=\(version)&transport=polling&sid=\(sid)",
                fields + ["Content-Length: \(body.count)"]
            ).utf8) + body
    }

    /// The client's end goes away with a reset, not in good order.
    func reset() async {
        let options = channel as? any SocketOptionProvider
        try? await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try? await channel.close()
    }

    nonisolated func close() { channel.close(promise: nil) }

    /// Stops or goes on reading what the server sends.
    func read(_ isReading: Bool) async {
        try? await channel.setOption(.autoRead, value: isReading).get()
    }

    // MARK: - Receiving

    private func fill() async -> Bool {
        let bytes = await withTaskCancellationHandler {
            await inbox.next()
        } onCancel: {
            // The test's time is over.
            channel.close(promise: nil)
        }
        guard let bytes else { return false }
        unread += bytes
        return true
    }

    /// The next HTTP answer; waits for it. Nil when the connection ended before.
    func reply() async -> Reply? {
        while true {
            if let reply = Reply(takenFrom: &unread) { return reply }
            guard await fill() else { return nil }
        }
    }

    /// The next frame; waits for it.
    func frame() async -> ServerFrame {
        while true {
            if let frame = ServerFrame(takenFrom: &unread) {
                // A heartbeat may come at any time, and is no answer.
                if frame == .text("2") { continue }
                if case .close = frame { begin(ClientFrame(first: 0x88).bytes) }
                return frame
            }
            guard await fill() else { return .end }
        }
    }

    /// The frames up to the end of the connection; waits for it.
    func framesToTheEnd() async -> [ServerFrame] {
        var frames: [ServerFrame] = []
        while true {
            let frame = await frame()
            if frame == .end { return frames }
            frames.append(frame)
        }
    }

    /// Everything up to the end of the connection; waits for it.
    func bytesToTheEnd() async -> [UInt8] {
        while await fill() {}
        defer { unread = [] }
        return unread
    }

    // MARK: - Conversations

    func ask(_ method: String, _ query: String, _ fields: [String] = []) async throws -> Reply {
        await send(Self.head(method, query, fields))
        return try await need(reply())
    }

    func need(_ reply: Reply?) throws -> Reply {
        guard let reply else { throw Unexpected(what: "the connection ended") }
        return reply
    }

    /// Opens a session by WebSocket and reads its open packet.
    func openWebSocket(_ query: String = "EIO=4&transport=websocket", _ fields: [String] = []) async throws {
        let answer = try await ask("GET", query, Self.upgradeFields + fields)
        guard answer.status == 101, case .text(let open) = await frame(), open.hasPrefix("0{\"sid\":") else {
            throw Unexpected(what: "not open: \(answer.status)")
        }
    }

    /// Opens a session by polling.
    ///
    /// - Returns: its sid.
    func openPolling(version: Int = 4) async throws -> String {
        let open = try await ask("GET", "EIO=\(version)&transport=polling").text
        let parts = open.split(separator: "\"")
        guard parts.count > 3, parts[1] == "sid" else { throw Unexpected(what: open) }
        return String(parts[3])
    }

    /// Joins a namespace by WebSocket.
    func join(_ namespace: String = "/") async throws {
        let prefix = namespace == "/" ? "" : namespace + ","
        await send(.text("40" + prefix))
        guard case .text(let answer) = await frame(), answer.hasPrefix("40\(prefix){\"sid\":") else {
            throw Unexpected(what: "not joined")
        }
    }

    /// Whether the server answers an event.
    func isAnswered(_ number: Int) async -> Bool {
        await send(.text("42\(number)[\"echo\",\"alive\"]"))
        return await frame() == .text("43\(number)[\"alive\"]")
    }
}
