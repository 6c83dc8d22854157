internal import SocketIOProtocol

/// Refuses a socket: the client's `connect_error` gets the message and the data.
public struct ConnectError: Error, Sendable, Equatable, CustomStringConvertible {
    /// For the client's `error.message`.
    public let message: String
    /// JSON for the client's `error.data`; nil leaves it out.
    public let dataJSON: [UInt8]?

    /// A refusal with this message.
    public init(_ message: String) {
        self.message = message
        dataJSON = nil
    }

    /// A refusal with this message and data.
    ///
    /// Data that cannot be written as JSON is left out: the refusal itself must not fail.
    public init(_ message: String, data: some Encodable) {
        self.message = message
        dataJSON = try? EncodedArguments(data).json
    }

    /// The refusal in words; the data may be secret and are left out.
    public var description: String { "refused: \(message)" }

    /// There is no such namespace; the text is the reference's.
    public static let invalidNamespace = ConnectError("Invalid namespace")
}
