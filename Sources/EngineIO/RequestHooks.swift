internal import EngineIOProtocol
internal import NIOHTTP1

/// Runs the application's asynchronous hooks for one request, in their order.
struct RequestHooks: Sendable {
    /// What came of the middlewares.
    enum Passage: Sendable {
        /// Go on, with these headers in the answer.
        case pass(HTTPHeaders)
        case answer(EngineResponse)
        case refuse(RequestError, (any Error)?)
    }

    /// What came of the hooks of a handshake.
    enum Handshake: Sendable {
        /// Open the session, with this id if the application made one.
        case open(id: String?)
        case refuse(RequestError, (any Error)?)
    }

    let request: HandshakeRequest
    let hooks: EngineHooks

    func runMiddlewares() async -> Passage {
        var headers: HTTPHeaders = [:]
        for middleware in hooks.middlewares {
            do {
                switch try await middleware(request, &headers) {
                case .next: continue
                case .answer(var response):
                    response.headers.add(contentsOf: headers)
                    return .answer(response)
                case .refuse(let text): return .refuse(.forbidden(text), nil)
                }
            } catch {
                return .refuse(.middlewareFailure, error)
            }
        }
        return .pass(headers)
    }

    func decideHandshake() async -> Handshake {
        do {
            if case .refuse(let text)? = try await hooks.allowRequest?(request) {
                return .refuse(.forbidden(text), nil)
            }
        } catch {
            return .refuse(.defaultForbidden, error)
        }
        guard let generateID = hooks.generateID else { return .open(id: nil) }
        do {
            let id = try await generateID(request)
            return SessionID.isUsable(id) ? .open(id: id) : .refuse(.idGenerationError, nil)
        } catch {
            return .refuse(.idGenerationError, error)
        }
    }
}
