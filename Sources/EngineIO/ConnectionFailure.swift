public import EngineIOProtocol

/// A request that an engine refused: the reference's `connection_error`.
public struct ConnectionFailure: Sendable {
    /// The request. Its target may name a session: not for logs as it is.
    public let request: HandshakeRequest
    /// Why, as the client is told.
    public let reason: RequestError
    /// What a hook threw, when that is the cause.
    public let error: (any Error)?

    /// The number in the answer, 0 to 6.
    public var code: Int { reason.code }
    /// The text in the answer.
    public var message: String { reason.message }
    /// The cause in one word, such as `TRANSPORT_MISMATCH`.
    public var context: String { reason.context }
}
