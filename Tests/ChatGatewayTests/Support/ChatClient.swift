internal import Foundation
internal import SocketIO
internal import Testing

/// A program that is connected to the chat by WebSocket.
actor ChatClient {
    struct Event: Equatable {
        let name: String
        let value: JSONValue
    }

    /// The server closed the connection.
    struct Ended: Error {}

    /// The server said something that is no Socket.IO.
    struct Unexpected: Error {
        let text: String
    }

    private let connection: TCPConnection
    /// What stands before the content of every packet: the namespace, unless it is the root.
    private let prefix: String
    private var unread: [UInt8] = []
    private var nextAck = 0
    /// Events that came while something else was waited for.
    private var waiting: [Event] = []
    /// `hello`'s value, and the events that came before it.
    private(set) var hello: JSONValue = .null
    private(set) var beforeHello: [Event] = []

    private init(_ connection: TCPConnection, _ namespace: String) {
        self.connection = connection
        prefix = namespace == "/" ? "" : namespace + ","
    }

    /// Opens the connection and reads the engine's handshake.
    static func open(
        port: Int, namespace: String = "/", headers: [(String, String)] = []
    ) async throws -> ChatClient {
        let client = ChatClient(try await TCPConnection.open(port: port), namespace)
        var request = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
        request += "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        request += "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        for (name, value) in headers { request += "\(name): \(value)\r\n" }
        try await client.connection.send(Array((request + "\r\n").utf8))
        try await client.skipHead()
        _ = try await client.text()
        return client
    }

    // MARK: - Connecting

    /// Joins and waits for `hello`.
    func join(auth: String = "") async throws {
        let answer = try await connect(auth: auth)
        guard answer.hasPrefix("40\(prefix){\"sid\":\"") else { throw Unexpected(text: answer) }
        while true {
            let event = try await read()
            if event.name == "hello" {
                hello = event.value
                return
            }
            beforeHello.append(event)
        }
    }

    /// Asks to join; the server's answer.
    func connect(auth: String) async throws -> String {
        try await send("40" + prefix + auth)
        return try await text()
    }

    // MARK: - Asking

    /// Sends an event and waits for the object of its ack.
    func ask(_ name: String, _ json: String) async throws -> JSONValue {
        nextAck += 1
        try await send("42\(self.prefix)\(nextAck)[\"\(name)\",\(json)]")
        let prefix = "43\(self.prefix)\(nextAck)["
        while true {
            let text = try await text()
            if text.hasPrefix(prefix) {
                let value = try JSONDecoder().decode(
                    JSONValue.self, from: Data(text.dropFirst(prefix.count - 1).utf8))
                return try #require(value[0])
            }
            waiting.append(try event(in: text))
        }
    }

    /// Asks for something that must be done.
    func done(_ name: String, _ json: String) async throws -> JSONValue {
        let answer = try await ask(name, json)
        if answer["ok"]?.bool != true { Issue.record("\(name) \(json): \(answer)") }
        return answer
    }

    /// Asks for something that must be refused; its code.
    func refused(_ name: String, _ json: String) async throws -> String? {
        let answer = try await ask(name, json)
        #expect(answer["ok"]?.bool == false)
        #expect(answer["message"]?.string?.isEmpty == false)
        #expect(answer["retry"]?.bool != nil)
        return answer["code"]?.string
    }

    // MARK: - Hearing

    /// The next event of this name; waits for it and drops nothing else.
    func next(_ name: String) async throws -> JSONValue {
        if let index = waiting.firstIndex(where: { $0.name == name }) {
            return waiting.remove(at: index).value
        }
        while true {
            let event = try await read()
            if event.name == name { return event.value }
            waiting.append(event)
        }
    }

    /// All events that the server has sent up to now and that were not asked for.
    ///
    /// The server answers in order: what it had sent before this question is there when the answer is.
    func heard() async throws -> [Event] {
        _ = try await done("people", #"{"q":"","limit":1}"#)
        defer { waiting = [] }
        return waiting
    }

    /// Waits until the server closes the connection; the packets that came before.
    func end() async throws -> [String] {
        var all: [String] = []
        do {
            while true { all.append(try await text()) }
        } catch is Ended {
            return all
        }
    }

    func close() async { await connection.close() }

    // MARK: - Frames

    func send(_ text: String) async throws {
        let payload = Array(text.utf8)
        var frame: [UInt8] = [0x81]
        switch payload.count {
        case ..<126: frame.append(0x80 | UInt8(payload.count))
        case ..<65_536: frame += [0xFE, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default: frame += [0xFF, 0, 0, 0, 0] + (0..<4).map { UInt8(payload.count >> (24 - $0 * 8) & 0xFF) }
        }
        // A mask of zeros changes nothing.
        try await connection.send(frame + [0, 0, 0, 0] + payload)
    }

    private func read() async throws -> Event { try event(in: try await text()) }

    private func event(in text: String) throws -> Event {
        guard text.hasPrefix("42\(prefix)[") else { throw Unexpected(text: text) }
        let value = try JSONDecoder().decode(
            JSONValue.self, from: Data(text.dropFirst(2 + prefix.count).utf8))
        return Event(name: try #require(value[0]?.string), value: try #require(value[1]))
    }

    private func skipHead() async throws {
        while true {
            if let end = unread.indices.first(where: { unread[$0...].starts(with: Array("\r\n\r\n".utf8)) }) {
                guard unread.starts(with: Array("HTTP/1.1 101 ".utf8)) else {
                    throw Unexpected(text: String(decoding: unread, as: UTF8.self))
                }
                unread.removeFirst(end + 4)
                return
            }
            guard let piece = await connection.receive() else {
                throw Unexpected(text: String(decoding: unread, as: UTF8.self))
            }
            unread += piece
        }
    }

    /// The next text; pings are answered, a close frame ends everything.
    private func text() async throws -> String {
        while true {
            if let (opcode, payload) = takeFrame() {
                guard opcode == 1 else { throw Ended() }
                if payload == Array("2".utf8) {
                    try await send("3")
                    continue
                }
                return String(decoding: payload, as: UTF8.self)
            }
            guard let piece = await connection.receive() else { throw Ended() }
            unread += piece
        }
    }

    private func takeFrame() -> (opcode: UInt8, payload: [UInt8])? {
        guard unread.count >= 2 else { return nil }
        var length = Int(unread[1])
        var start = 2
        if length >= 126 {
            let size = length == 126 ? 2 : 8
            guard unread.count >= 2 + size else { return nil }
            length = unread[2..<2 + size].reduce(0) { $0 << 8 | Int($1) }
            start += size
        }
        guard unread.count >= start + length else { return nil }
        defer { unread.removeFirst(start + length) }
        return (unread[0] & 0xF, Array(unread[start..<start + length]))
    }
}
