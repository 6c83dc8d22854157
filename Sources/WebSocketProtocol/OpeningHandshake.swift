/// The server's side of the opening handshake (RFC 6455 section 4.2): values in, values out.
public enum OpeningHandshake {
    /// The only protocol version there is; a 426 answer names it in `Sec-WebSocket-Version` (section 4.4).
    public static let supportedVersion = "13"

    /// What the handshake reads of an HTTP request: one string for each header line, in order, as given.
    public struct Request: Sendable {
        /// The request method, `GET` in a valid handshake.
        public var method: String
        /// The 1 of HTTP/1.1.
        public var httpVersionMajor: Int
        /// The last 1 of HTTP/1.1.
        public var httpVersionMinor: Int
        /// The values of `Upgrade`.
        public var upgrade: [String]
        /// The values of `Connection`.
        public var connection: [String]
        /// The values of `Sec-WebSocket-Version`.
        public var version: [String]
        /// The values of `Sec-WebSocket-Key`.
        public var key: [String]

        /// A request by its parts.
        public init(
            method: String, httpVersionMajor: Int, httpVersionMinor: Int, upgrade: [String],
            connection: [String], version: [String], key: [String]
        ) {
            self.method = method
            self.httpVersionMajor = httpVersionMajor
            self.httpVersionMinor = httpVersionMinor
            self.upgrade = upgrade
            self.connection = connection
            self.version = version
            self.key = key
        }
    }

    /// Checks a request and answers it.
    ///
    /// - Returns: the value of `Sec-WebSocket-Accept` for the 101 response.
    /// - Throws: the first rule that the request breaks; its `status` is the response's.
    public static func accept(_ request: Request) throws(HandshakeViolation) -> String {
        guard request.method == "GET" else { throw .methodNotGet }
        guard (request.httpVersionMajor, request.httpVersionMinor) >= (1, 1) else { throw .httpVersionTooOld }
        guard Self.lists(request.upgrade, "websocket") else { throw .upgradeNotWebSocket }
        guard Self.lists(request.connection, "upgrade") else { throw .connectionNotUpgrade }
        guard let version = request.version.first else { throw .versionMissing }
        guard request.version.count == 1 else { throw .versionRepeated }
        let versionBytes = version.utf8.span
        guard Self.equals(versionBytes.extracting(Self.trimmed(versionBytes)), Self.supportedVersion) else {
            throw .versionUnsupported
        }
        guard let givenKey = request.key.first else { throw .keyMissing }
        guard request.key.count == 1 else { throw .keyRepeated }
        let keyBytes = givenKey.utf8.span
        let key = keyBytes.extracting(Self.trimmed(keyBytes))
        guard Base64.isEncodingOf16Bytes(key) else { throw .keyMalformed }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(60)
        for place in key.indices { bytes.append(key[place]) }
        return Self.acceptKey(for: bytes)
    }

    /// The value of `Sec-WebSocket-Accept` for a key (section 4.2.2, step 5.4).
    public static func acceptKey(for key: String) -> String { acceptKey(for: Array(key.utf8)) }

    private static func acceptKey(for key: [UInt8]) -> String {
        Base64.encode(SHA1.hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8))
    }

    /// Whether one of the comma-separated lists names `token`, compared without case. `token` is lowercase
    /// ASCII letters only: for those, setting bit 5 is all that lowercasing takes.
    private static func lists(_ values: [String], _ token: String) -> Bool {
        values.contains { value in
            let list = value.utf8.span
            var start = 0
            while start < list.count {
                var end = start
                while end < list.count, list[end] != UInt8(ascii: ",") { end += 1 }
                let element = list.extracting(start..<end)
                if equals(element.extracting(trimmed(element)), token, setting: 0x20) { return true }
                start = end + 1
            }
            return false
        }
    }

    /// Whether `text` is `word` once these bits are set in each of its bytes.
    private static func equals(_ text: Span<UInt8>, _ word: String, setting bits: UInt8 = 0) -> Bool {
        guard text.count == word.utf8.count else { return false }
        var place = 0
        for byte in word.utf8 {
            guard text[place] | bits == byte else { return false }
            place += 1
        }
        return true
    }

    /// Without the optional whitespace around a header value: spaces and tabs (RFC 9110 section 5.6.3).
    private static func trimmed(_ value: Span<UInt8>) -> Range<Int> {
        var (start, end) = (0, value.count)
        while start < end, isBlank(value[start]) { start += 1 }
        while start < end, isBlank(value[end - 1]) { end -= 1 }
        return start..<end
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
