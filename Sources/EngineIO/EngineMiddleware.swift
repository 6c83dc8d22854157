public import NIOHTTP1

/// Sees a request before the engine does. It may add to the headers of the coming answer, answer itself, or refuse;
/// what it throws is answered with code 3.
///
/// Runs for polls, posts and upgrades alike: what must be known once a session belongs in ``EngineHooks/allowRequest``.
public typealias EngineMiddleware =
    @Sendable (_ request: HandshakeRequest, _ headers: inout HTTPHeaders) async throws -> MiddlewareDecision

/// What an ``EngineMiddleware`` made of a request.
public enum MiddlewareDecision: Sendable {
    /// The next one's turn, then the engine's.
    case next
    /// Answered: the engine never sees the request.
    case answer(EngineResponse)
    /// Refused with code 4 and this text.
    case refuse(String)
}
