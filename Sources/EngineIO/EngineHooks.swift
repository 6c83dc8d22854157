public import NIOHTTP1

/// The application's say in HTTP requests to an engine. What is not set costs nothing.
///
/// The asynchronous hooks start on the connection's event loop and may wait; meanwhile the connection is not read.
/// One that takes longer than ``timeout`` is cancelled, and its request refused. When the client goes away the hook's
/// task is cancelled as well.
public struct EngineHooks: Sendable {
    /// Run in order for every request of every transport, before anything else looks at it (Express's `use`).
    /// The answer to a CORS preflight comes before them.
    public var middlewares: [EngineMiddleware] = []
    /// Asked once a session, whatever its transport, before it opens. What it throws refuses the client, too.
    public var allowRequest: (@Sendable (HandshakeRequest) async throws -> RequestDecision)?
    /// Makes session ids: at most 128 of `A-Z a-z 0-9 _ -`, each given once. They must not be guessable: whoever knows
    /// an id may speak for the session. What it throws, and an id that cannot be used, refuses the client with code 3.
    public var generateID: (@Sendable (HandshakeRequest) async throws -> String)?
    /// May change the headers of the answer that opens a session: of the first poll, or of the 101.
    /// Called on an event loop, as ``headers``.
    public var initialHeaders: (@Sendable (inout HTTPHeaders, HandshakeRequest) -> Void)?
    /// May change the headers of every answer, the 101 included. Fields that HTTP does not allow are left out.
    public var headers: (@Sendable (inout HTTPHeaders, HandshakeRequest) -> Void)?
    /// Told of every request that was refused, for logs and metrics. Called on any event loop.
    public var connectionError: (@Sendable (ConnectionFailure) -> Void)?
    /// Milliseconds that the asynchronous hooks of one request may take.
    public var timeout: Duration = .seconds(10)

    /// No hooks.
    public init() {}

    /// Adds a middleware behind those that are there.
    public mutating func use(_ middleware: @escaping EngineMiddleware) {
        middlewares.append(middleware)
    }
}
