internal import NIOHTTP1
internal import Testing

/// A client that speaks WebSocket and is told what to say; it does nothing by itself.
actor WebSocketClient {
    /// What the server sent.
    enum Message: Equatable {
        case text(String)
        case binary([UInt8])
        /// A close frame; nil when it carries no code.
        case close(UInt16?)
        /// The connection is closed.
        case end
    }

    /// The server said something else than the WebSocket protocol allows.
    struct Broken: Error {
        let what: String
    }

    nonisolated let wire: Wire
    private var unread: [UInt8] = []
    /// The engine's session id.
    private(set) var sid = ""

    init(_ wire: Wire) { self.wire = wire }

    // MARK: - Opening

    /// - Parameter opening: called when the request is sent, before the handshake is waited for.
    func open(
        query: String = "EIO=4&transport=websocket", headers: HTTPHeaders = [:],
        _ opening: () async -> Void = {}
    ) async throws {
        var request = "GET /socket.io/?\(query) HTTP/1.1\r\nHost: chat.example\r\nConnection: Upgrade\r\n"
        request += "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        request += "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        for header in headers { request += "\(header.name): \(header.value)\r\n" }
        await wire.send(Array((request + "\r\n").utf8))
        await opening()
        while !unread.hasWholeHead {
            guard let bytes = try await wire.receive() else { throw Broken(what: "closed before its answer") }
            unread += bytes
        }
        let head = String(decoding: unread.prefix(unread.endOfHead), as: UTF8.self)
        guard head.hasPrefix("HTTP/1.1 101 ") else { throw Broken(what: head) }
        unread.removeFirst(unread.endOfHead)
        guard case .text(let handshake) = try await next(), handshake.hasPrefix("0{\"sid\":") else {
            throw Broken(what: "no engine handshake")
        }
        sid = String(handshake.dropFirst(9).prefix { $0 != "\"" })
    }

    /// Joins a namespace and returns the socket's id.
    @discardableResult
    func join(_ namespace: String = "/", auth: String = "") async throws -> String {
        let prefix = namespace == "/" ? "" : namespace + ","
        await send("40" + prefix + auth)
        guard case .text(let answer) = try await next(), answer.hasPrefix("40\(prefix){\"sid\":\"") else {
            throw Broken(what: "not joined")
        }
        return String(answer.dropFirst("40\(prefix){\"sid\":\"".count).dropLast("\"}".count))
    }

    // MARK: - Sending

    func send(_ texts: String...) async {
        await wire.send(texts.flatMap { text in Self.frame(0x1, Array(text.utf8)) })
    }

    func send(binary: [UInt8]) async {
        await wire.send(Self.frame(0x2, binary))
    }

    /// Several messages in one piece.
    func send(_ messages: [Message]) async {
        await wire.send(
            messages.flatMap { message -> [UInt8] in
                switch message {
                case .text(let text): Self.frame(0x1, Array(text.utf8))
                case .binary(let bytes): Self.frame(0x2, bytes)
                case .close(let code): Self.frame(0x8, code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? [])
                case .end: []
                }
            })
    }

    /// A masked frame (RFC 6455, section 5.2) with a fixed key.
    static func frame(_ opcode: UInt8, _ payload: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = [0x80 | opcode]
        switch payload.count {
        case ..<126: frame.append(0x80 | UInt8(payload.count))
        case ..<65_536: frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default:
            frame.append(0x80 | 127)
            for shift in stride(from: 56, through: 0, by: -8) {
                frame.append(UInt8(payload.count >> shift & 0xFF))
            }
        }
        let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        return frame + key + payload.enumerated().map { $1 ^ key[$0 & 3] }
    }

    // MARK: - Receiving

    /// The next message; waits for it.
    func next() async throws -> Message {
        while true {
            if let message = try takeFrame() { return message }
            guard let bytes = try await wire.receive() else { return .end }
            unread += bytes
        }
    }

    /// Everything that has been sent so far.
    func received() async throws -> [Message] {
        unread += try await wire.receiveNow()
        var all: [Message] = []
        while let message = try takeFrame() { all.append(message) }
        return all
    }

    /// The next messages as far as they are texts.
    func texts(_ count: Int) async throws -> [String] {
        var all: [String] = []
        for _ in 0..<count {
            guard case .text(let text) = try await next() else { throw Broken(what: "no text") }
            all.append(text)
        }
        return all
    }

    /// Takes one unmasked frame off the unread bytes; the server sends whole messages only.
    private func takeFrame() throws -> Message? {
        guard unread.count >= 2 else { return nil }
        guard unread[0] & 0xF0 == 0x80, unread[1] & 0x80 == 0 else { throw Broken(what: "frame") }
        var length = Int(unread[1])
        var start = 2
        if length >= 126 {
            let size = length == 126 ? 2 : 8
            guard unread.count >= 2 + size else { return nil }
            length = unread[2..<2 + size].reduce(0) { $0 << 8 | Int($1) }
            start += size
        }
        guard unread.count >= start + length else { return nil }
        let payload = Array(unread[start..<start + length])
        let opcode = unread[0] & 0xF
        unread.removeFirst(start + length)
        switch opcode {
        case 0x1: return .text(String(decoding: payload, as: UTF8.self))
        case 0x2: return .binary(payload)
        case 0x8: return .close(payload.count < 2 ? nil : UInt16(payload[0]) << 8 | UInt16(payload[1]))
        default: throw Broken(what: "opcode \(opcode)")
        }
    }
}

extension [UInt8] {
    private static let blankLine = Array("\r\n\r\n".utf8)

    /// Whether an HTTP message's head is complete.
    var hasWholeHead: Bool { endOfHead > 0 }

    /// Where the body of an HTTP message begins; 0 while its head is incomplete.
    var endOfHead: Int {
        guard count >= 4 else { return 0 }
        for start in 0...count - 4 where Array(self[start..<start + 4]) == Self.blankLine { return start + 4 }
        return 0
    }
}
