/// The client's side of the opening handshake (RFC 6455 section 4.1): values in, values out.
///
/// The answer is read here, byte by byte, and not by an HTTP parser: what follows the blank line are frames
/// already, and a server that never sends the blank line must not make anything grow.
///
/// Stricter than the RFC asks: folded header lines and bare line feeds are refused.
public struct ClientHandshake: Sendable {
    /// What the head of a server's answer says.
    public enum Answer: Equatable, Sendable {
        /// More bytes are needed.
        case incomplete
        /// The connection is a WebSocket now; its first frame starts at this index.
        case accepted(headLength: Int)
        /// The server answered in plain HTTP, with this status.
        case refused(status: Int)
    }

    /// How a server's answer broke the rules.
    public enum Violation: Error, Equatable, Sendable, CaseIterable {
        /// The head is longer than the limit.
        case headTooLong
        /// The head is no HTTP/1.1 answer.
        case malformedHead
        /// `Upgrade` does not name `websocket`, or is missing.
        case upgradeNotWebSocket
        /// `Connection` does not name `upgrade`, or is missing.
        case connectionNotUpgrade
        /// `Sec-WebSocket-Accept` is missing, repeated, or not the answer to our key.
        case wrongAccept
        /// The server chose an extension that was not offered.
        case unexpectedExtension
        /// The server chose a subprotocol that was not offered.
        case unexpectedSubprotocol
    }

    /// The value of `Sec-WebSocket-Key`.
    public let key: String
    private let accept: String
    private let maxHeadLength: Int

    /// A handshake with a new key.
    ///
    /// - Parameters:
    ///   - generator: must be unpredictable (section 4.1, item 7).
    ///   - maxHeadLength: bytes of the answer's head, the blank line included.
    public init(using generator: inout some RandomNumberGenerator, maxHeadLength: Int = 16_384) {
        self.init(
            keyBytes: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) },
            maxHeadLength: maxHeadLength)
    }

    /// A handshake with the given 16 bytes for a key.
    init(keyBytes: [UInt8], maxHeadLength: Int) {
        self.key = Base64.encode(keyBytes)
        self.accept = OpeningHandshake.acceptKey(for: self.key)
        self.maxHeadLength = maxHeadLength
    }

    /// The request's bytes.
    ///
    /// - Parameters:
    ///   - target: path and query.
    ///   - host: the value of `Host`.
    ///   - headers: further headers. Nothing here may hold a line break; what does is left out.
    public func request(target: String, host: String, headers: [(name: String, value: String)]) -> [UInt8] {
        var text = "GET \(target) HTTP/1.1\r\nHost: \(host)\r\n"
        text += "Connection: Upgrade\r\nUpgrade: websocket\r\n"
        text +=
            "Sec-WebSocket-Version: \(OpeningHandshake.supportedVersion)\r\nSec-WebSocket-Key: \(self.key)\r\n"
        for header in headers where Self.isOneLine(header.name) && Self.isOneLine(header.value) {
            text += "\(header.name): \(header.value)\r\n"
        }
        return Array((text + "\r\n").utf8)
    }

    private static func isOneLine(_ text: String) -> Bool {
        !text.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
    }

    /// Reads what has arrived of the answer, from its first byte on.
    ///
    /// - Throws: the first rule that the answer breaks.
    public func read(_ bytes: Span<UInt8>) throws(Violation) -> Answer {
        guard let end = Self.endOfHead(bytes, within: self.maxHeadLength) else {
            guard bytes.count < self.maxHeadLength else { throw .headTooLong }
            return .incomplete
        }
        var lines = ArraySlice(Self.lines(bytes, to: end))
        guard let statusLine = lines.popFirst(), let status = Self.status(statusLine) else {
            throw .malformedHead
        }
        guard status == 101 else { return .refused(status: status) }
        var headers: [(name: String, value: String)] = []
        for line in lines {
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
                throw .malformedHead
            }
            let name = line[..<colon]
            guard !name.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { throw .malformedHead }
            headers.append((name.lowercased(), Self.trimmed(line[line.utf8.index(after: colon)...])))
        }
        try self.check(headers)
        return .accepted(headLength: end)
    }

    private func check(_ headers: [(name: String, value: String)]) throws(Violation) {
        func values(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }
        func lists(_ name: String, _ token: String) -> Bool {
            values(name).contains { value in
                value.split(separator: ",").contains { Self.trimmed($0).lowercased() == token }
            }
        }
        guard lists("upgrade", "websocket") else { throw .upgradeNotWebSocket }
        guard lists("connection", "upgrade") else { throw .connectionNotUpgrade }
        guard values("sec-websocket-accept") == [self.accept] else { throw .wrongAccept }
        guard values("sec-websocket-extensions").isEmpty else { throw .unexpectedExtension }
        guard values("sec-websocket-protocol").isEmpty else { throw .unexpectedSubprotocol }
    }

    /// The index after the blank line.
    private static func endOfHead(_ bytes: Span<UInt8>, within limit: Int) -> Int? {
        var index = 3
        let end = min(bytes.count, limit)
        while index < end {
            if bytes[index] == 0x0A, bytes[index - 1] == 0x0D, bytes[index - 2] == 0x0A,
                bytes[index - 3] == 0x0D
            {
                return index + 1
            }
            index += 1
        }
        return nil
    }

    /// The head's lines without their ends; bytes that are not UTF-8 read as U+FFFD and match nothing.
    private static func lines(_ bytes: Span<UInt8>, to end: Int) -> [String] {
        var lines: [String] = []
        var start = 0
        for index in 1..<(end - 2) where bytes[index] == 0x0A && bytes[index - 1] == 0x0D {
            let line = bytes.extracting(start..<(index - 1))
            lines.append(line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
            start = index + 1
        }
        return lines
    }

    /// The status in `HTTP/1.1 101 Switching Protocols`.
    private static func status(_ line: String) -> Int? {
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0] == "HTTP/1.1" || words[0] == "HTTP/1.0", words[1].utf8.count == 3
        else {
            return nil
        }
        guard words[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(words[1])
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        while let first = rest.utf8.first, first == 0x20 || first == 0x09 { rest.removeFirst() }
        while let last = rest.utf8.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        return String(rest)
    }
}
