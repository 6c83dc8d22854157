/// The errors that an Engine.IO request can be refused with.
///
/// Source: Engine.IO server behaviour, codes 0 to 5; the code is a JSON number. Code 3 has several causes, which
/// only the server's own log tells apart (``context``). Code 6 is ours: the server takes no more sessions now.
public enum RequestError: Error, Equatable, Sendable {
    case transportUnknown
    case sessionIDUnknown
    case badHandshakeMethod
    case badRequest
    /// The `Origin` header holds bytes that no origin has.
    case invalidOrigin
    /// Another transport than the session's.
    case transportMismatch
    /// A WebSocket without an upgrade request, or the other way round.
    case transportHandshakeError
    /// A middleware threw.
    case middlewareFailure
    /// The function that makes session ids threw, or made one that cannot be used.
    case idGenerationError
    /// A script's polling (JSONP), which is switched off.
    case jsonpDisabled
    /// Carries the text for the client.
    case forbidden(String)
    case unsupportedProtocolVersion
    /// No more sessions now; the client may try again after so many seconds.
    case unavailable(Unavailability, retryAfter: Int)

    /// Why a server takes no more sessions.
    public enum Unavailability: String, Equatable, Sendable, CaseIterable {
        /// The server is about to stop.
        case draining = "Server is shutting down"
        /// As many sessions are live as may be.
        case sessions = "Too many sessions"
        /// More sessions were opened within a second than may be.
        case handshakes = "Too many handshakes"
        /// The client's address has as many sessions as it may have.
        case address = "Too many sessions from this address"
    }

    /// The text of ``forbidden(_:)`` where nobody gave another.
    public static let defaultForbidden = RequestError.forbidden("Forbidden")

    /// The number in the JSON body.
    public var code: Int {
        switch self {
        case .transportUnknown: 0
        case .sessionIDUnknown: 1
        case .badHandshakeMethod: 2
        case .badRequest, .invalidOrigin, .transportMismatch, .transportHandshakeError, .middlewareFailure,
            .idGenerationError, .jsonpDisabled:
            3
        case .forbidden: 4
        case .unsupportedProtocolVersion: 5
        case .unavailable: 6
        }
    }

    /// The text in the JSON body.
    public var message: String {
        switch self {
        case .transportUnknown: "Transport unknown"
        case .sessionIDUnknown: "Session ID unknown"
        case .badHandshakeMethod: "Bad handshake method"
        case .badRequest, .invalidOrigin, .transportMismatch, .transportHandshakeError, .middlewareFailure,
            .idGenerationError, .jsonpDisabled:
            "Bad request"
        case .forbidden(let text): text
        case .unsupportedProtocolVersion: "Unsupported protocol version"
        case .unavailable(let reason, _): reason.rawValue
        }
    }

    /// The cause in one word, for logs and metrics: the reference's names where it has some.
    public var context: String {
        switch self {
        case .transportUnknown: "UNKNOWN_TRANSPORT"
        case .sessionIDUnknown: "UNKNOWN_SID"
        case .badHandshakeMethod: "BAD_HANDSHAKE_METHOD"
        case .badRequest: "BAD_REQUEST"
        case .invalidOrigin: "INVALID_ORIGIN"
        case .transportMismatch: "TRANSPORT_MISMATCH"
        case .transportHandshakeError: "TRANSPORT_HANDSHAKE_ERROR"
        case .middlewareFailure: "MIDDLEWARE_FAILURE"
        case .idGenerationError: "ID_GENERATION_ERROR"
        case .jsonpDisabled: "JSONP_DISABLED"
        case .forbidden: "FORBIDDEN"
        case .unsupportedProtocolVersion: "UNSUPPORTED_PROTOCOL_VERSION"
        case .unavailable(.draining, _): "DRAINING"
        case .unavailable(.sessions, _): "TOO_MANY_SESSIONS"
        case .unavailable(.handshakes, _): "TOO_MANY_HANDSHAKES"
        case .unavailable(.address, _): "TOO_MANY_SESSIONS_FROM_ADDRESS"
        }
    }

    /// The HTTP status of the answer to a plain request.
    public var status: Int {
        switch self {
        case .forbidden: 403
        case .transportUnknown, .sessionIDUnknown, .badHandshakeMethod, .badRequest, .invalidOrigin,
            .transportMismatch, .transportHandshakeError, .middlewareFailure, .idGenerationError,
            .jsonpDisabled,
            .unsupportedProtocolVersion:
            400
        case .unavailable(.address, _): 429
        case .unavailable: 503
        }
    }

    /// The HTTP status of the answer to an upgrade, where the reference knows only 400.
    public var upgradeStatus: Int {
        switch self {
        case .unavailable: status
        case .transportUnknown, .sessionIDUnknown, .badHandshakeMethod, .badRequest, .invalidOrigin,
            .transportMismatch, .transportHandshakeError, .middlewareFailure, .idGenerationError,
            .jsonpDisabled,
            .forbidden, .unsupportedProtocolVersion:
            400
        }
    }

    /// The JSON body of the answer.
    public var json: [UInt8] {
        var bytes = Array("{\"code\":\(code),\"message\":\"".utf8)
        for byte in message.utf8 {
            // Only the text of `forbidden` is free; it is escaped byte by byte.
            if byte == 0x22 || byte == 0x5C {
                bytes.append(0x5C)
                bytes.append(byte)
            } else if byte >= 0x20 {
                bytes.append(byte)
            }
        }
        bytes.append(contentsOf: Array("\"}".utf8))
        return bytes
    }
}
