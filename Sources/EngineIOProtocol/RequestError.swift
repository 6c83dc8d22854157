/// The six errors that an Engine.IO request can be refused with.
///
/// Source: Engine.IO server behaviour, codes 0 to 5; the code is a JSON number.
public enum RequestError: Error, Equatable, Sendable {
    case transportUnknown
    case sessionIDUnknown
    case badHandshakeMethod
    case badRequest
    /// Carries the text for the client.
    case forbidden(String)
    case unsupportedProtocolVersion

    /// The number in the JSON body.
    public var code: Int {
        switch self {
        case .transportUnknown: 0
        case .sessionIDUnknown: 1
        case .badHandshakeMethod: 2
        case .badRequest: 3
        case .forbidden: 4
        case .unsupportedProtocolVersion: 5
        }
    }

    /// The text in the JSON body.
    public var message: String {
        switch self {
        case .transportUnknown: "Transport unknown"
        case .sessionIDUnknown: "Session ID unknown"
        case .badHandshakeMethod: "Bad handshake method"
        case .badRequest: "Bad request"
        case .forbidden(let text): text
        case .unsupportedProtocolVersion: "Unsupported protocol version"
        }
    }

    /// The HTTP status of the answer to a plain request.
    public var status: Int {
        switch self {
        case .forbidden: 403
        case .transportUnknown, .sessionIDUnknown, .badHandshakeMethod, .badRequest,
            .unsupportedProtocolVersion:
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
