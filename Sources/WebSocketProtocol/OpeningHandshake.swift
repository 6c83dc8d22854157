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
        guard Self.trimmed(Substring(version).utf8).elementsEqual(Self.supportedVersion.utf8) else {
            throw .versionUnsupported
        }
        guard let givenKey = request.key.first else { throw .keyMissing }
        guard request.key.count == 1 else { throw .keyRepeated }
        let key = Self.trimmed(Substring(givenKey).utf8)
        guard Base64.isEncodingOf16Bytes(key) else { throw .keyMalformed }
        return Self.acceptKey(for: String(Substring(key)))
    }

    /// The value of `Sec-WebSocket-Accept` for a key (section 4.2.2, step 5.4).
    public static func acceptKey(for key: String) -> String {
        let proof = Array(key.utf8) + Array("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)
        return Base64.encode(SHA1.hash(proof))
    }

    /// Whether one of the comma-separated lists names `token`, compared without case. `token` is lowercase
    /// ASCII letters only: for those, setting bit 5 is all that lowercasing takes.
    private static func lists(_ values: [String], _ token: String) -> Bool {
        values.contains { value in
            Substring(value).utf8.split(separator: UInt8(ascii: ",")).contains { element in
                Self.trimmed(element).lazy.map { $0 | 0x20 }.elementsEqual(token.utf8)
            }
        }
    }

    /// Without the optional whitespace around a header value: spaces and tabs (RFC 9110 section 5.6.3).
    private static func trimmed(_ value: Substring.UTF8View) -> Substring.UTF8View {
        var rest = value
        while let first = rest.first, first == 0x20 || first == 0x09 { rest.removeFirst() }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        return rest
    }
}
