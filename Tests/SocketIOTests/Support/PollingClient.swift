/// A client that speaks long-polling on two connections, as browsers do, and does nothing by itself.
actor PollingClient {
    struct Answer: Equatable {
        let status: Int
        let body: String
    }

    nonisolated let reading: Wire
    private let writing: Wire
    private(set) var sid = ""

    init(reading: Wire, writing: Wire) {
        self.reading = reading
        self.writing = writing
    }

    func open() async throws {
        await ask(reading, "GET", "")
        let handshake = try await answer(reading).body
        // 0{"sid":"...","upgrades":...
        sid = String(handshake.dropFirst(9).prefix { $0 != "\"" })
    }

    /// Joins a namespace; its answer comes with the next poll.
    func send(_ packets: String...) async throws -> Answer {
        try await beginSend(packets)
        return try await answer(writing)
    }

    /// Posts packets without waiting for the answer.
    func beginSend(_ packets: [String]) async throws {
        await ask(writing, "POST", packets.joined(separator: "\u{1E}"))
    }

    /// The answer to the last post; waits for it.
    func sendAnswer() async throws -> Answer { try await answer(writing) }

    /// Whether the last post is answered; its answer is lost then.
    func hasSendAnswer() async throws -> Bool { try await !writing.receiveNow().isEmpty }

    /// The packets of the next poll; waits for them.
    func poll() async throws -> [String] {
        await beginPoll()
        return try await pollAnswer()
    }

    /// Polls without waiting for the answer.
    func beginPoll() async { await ask(reading, "GET", "") }

    /// What the poll that was begun brings; waits for it.
    func pollAnswer() async throws -> [String] {
        try await answer(reading).body.split(separator: "\u{1E}").map { String($0) }
    }

    private func ask(_ wire: Wire, _ method: String, _ body: String) async {
        let query = "EIO=4&transport=polling" + (sid.isEmpty ? "" : "&sid=\(sid)")
        var request = "\(method) /socket.io/?\(query) HTTP/1.1\r\nHost: chat.example\r\n"
        if method == "POST" {
            request += "Content-Type: text/plain\r\nContent-Length: \(body.utf8.count)\r\n"
        }
        await wire.send(Array((request + "\r\n" + body).utf8))
    }

    private func answer(_ wire: Wire) async throws -> Answer {
        var bytes: [UInt8] = []
        while true {
            if bytes.hasWholeHead {
                let head = String(decoding: bytes.prefix(bytes.endOfHead), as: UTF8.self)
                let length = head.lowercased().split(separator: "\r\n").first {
                    $0.hasPrefix("content-length:")
                }
                let wanted = length.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
                if bytes.count >= bytes.endOfHead + wanted {
                    let body = bytes[bytes.endOfHead..<bytes.endOfHead + wanted]
                    return Answer(
                        status: Int(head.dropFirst(9).prefix(3)) ?? 0,
                        body: String(decoding: body, as: UTF8.self))
                }
            }
            guard let more = try await wire.receive() else { return Answer(status: 0, body: "") }
            bytes += more
        }
    }
}
