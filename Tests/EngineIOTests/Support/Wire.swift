internal import NIOCore
internal import NIOEmbedded
internal import Testing

/// The client's end of one connection.
final class Wire {
    static let key = "dGhlIHNhbXBsZSBub25jZQ=="

    let channel: EmbeddedChannel
    private let loop: EmbeddedEventLoop
    private var unread: [UInt8] = []

    init(channel: EmbeddedChannel, loop: EmbeddedEventLoop) {
        self.channel = channel
        self.loop = loop
    }

    var isOpen: Bool { channel.isActive }

    // MARK: - Sending

    /// Sends bytes in one piece; a connection that is closed takes none.
    func send(_ bytes: [UInt8]) {
        guard isOpen else { return }
        do {
            _ = try channel.writeInbound(ByteBuffer(bytes: bytes))
        } catch {
            Issue.record("an error left the pipeline: \(error)")
        }
        loop.run()
    }

    func send(_ text: String) {
        send(Array(text.utf8))
    }

    /// Sends bytes one by one.
    func sendBytewise(_ bytes: [UInt8]) {
        for byte in bytes { send([byte]) }
    }

    func get(_ query: String, headers: [String] = []) {
        send(Self.request("GET", query, headers: headers))
    }

    func post(_ sid: String, _ body: String, headers: [String] = []) {
        send(Self.post(sid, Array(body.utf8), headers: headers))
    }

    func upgrade(_ query: String, headers: [String] = []) {
        send(Self.upgrade(query, headers: headers))
    }

    static func request(_ method: String, _ query: String, headers: [String] = []) -> String {
        let lines = ["\(method) /socket.io/?\(query) HTTP/1.1", "Host: chat.example"] + headers
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    static func post(_ sid: String, _ body: [UInt8], headers: [String] = []) -> [UInt8] {
        let head = request(
            "POST", "EIO=4&transport=polling&sid=\(sid)",
            headers: ["Content-Type: text/plain;charset=UTF-8", "Content-Length: \(body.count)"] + headers)
        return Array(head.utf8) + body
    }

    static func upgrade(_ query: String, headers: [String] = []) -> String {
        request(
            "GET", query,
            headers: [
                "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: \(key)",
            ] + headers)
    }

    /// The client's side goes away without a word.
    func drop() {
        if isOpen { channel.close(promise: nil) }
        loop.run()
    }

    /// The system's buffer is full, or is not any more.
    func setWritable(_ writable: Bool) {
        channel.isWritable = writable
        channel.pipeline.fireChannelWritabilityChanged()
        loop.run()
    }

    // MARK: - Receiving

    private func collect() {
        loop.run()
        do {
            while let bytes = try channel.readOutbound(as: ByteBuffer.self) {
                unread += Array(bytes.readableBytesView)
            }
        } catch {
            Issue.record("something that is no bytes was written: \(error)")
        }
    }

    /// All bytes that came and were not looked at yet.
    func bytes() -> [UInt8] {
        collect()
        defer { unread = [] }
        return unread
    }

    func text() -> String {
        String(decoding: bytes(), as: UTF8.self)
    }

    /// The next HTTP answer, or nil when none came whole.
    func answer() -> Answer? {
        collect()
        return Answer(takenFrom: &unread)
    }

    /// The status of the answer to an upgrade, when it has no body.
    func takeUpgradeAnswer() throws -> Int {
        collect()
        return try #require(Answer(takenFrom: &unread)).status
    }

    /// The frames that came whole.
    func frames() -> [Frame] {
        collect()
        var frames: [Frame] = []
        while let frame = Frame(takenFrom: &unread) { frames.append(frame) }
        return frames
    }

    /// The payloads of the frames that came, as text.
    func packets() -> [String] {
        frames().map(\.text)
    }
}
