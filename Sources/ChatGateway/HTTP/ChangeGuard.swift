internal import ChatDomain
internal import EngineIOProtocol
internal import HTTPTypes
internal import Hummingbird

/// Refuses changes that another site's page could have asked for (cross-site request forgery).
///
/// A change needs the header `X-Parley`, which a foreign page cannot set without a CORS preflight that this
/// server never grants, and an `Origin` of this server where the browser sends one.
struct ChangeGuard: RouterMiddleware {
    typealias Context = GatewayContext

    // The name is a constant of plain ASCII letters: it is always a valid field name.
    private static let header = HTTPField.Name("X-Parley")

    let origins: OriginPolicy

    func handle(
        _ request: Request, context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        guard request.method != .get, request.method != .head else { return try await next(request, context) }
        let origin = request.headers[HTTPField.Name.origin]
        guard let header = Self.header, request.headers[header] != nil,
            origins.allows(
                origin: origin, host: request.head.authority, isSecure: request.head.scheme == "https")
        else {
            return APIResponse.error(.forbidden("This request did not come from the chat's own page."))
        }
        return try await next(request, context)
    }
}
