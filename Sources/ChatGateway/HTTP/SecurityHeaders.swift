internal import HTTPTypes
internal import Hummingbird

/// Tells the browser, with every answer, what the page may not do. A route may be stricter.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = GatewayContext

    static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        + "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'"

    private static let fields: [(HTTPField.Name?, String)] = [
        (.contentSecurityPolicy, contentSecurityPolicy),
        (.xContentTypeOptions, "nosniff"),
        (HTTPField.Name("Referrer-Policy"), "same-origin"),
        (HTTPField.Name("Cross-Origin-Opener-Policy"), "same-origin"),
        (HTTPField.Name("Cross-Origin-Resource-Policy"), "same-origin"),
        (HTTPField.Name("Permissions-Policy"), "camera=(), microphone=(), geolocation=()"),
    ]

    func handle(
        _ request: Request, context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            // The router's own refusals, such as of an unknown path, are answers too.
            response = try error.response(from: request, context: context)
        }
        for case (let name?, let value) in Self.fields where response.headers[name] == nil {
            response.headers[name] = value
        }
        return response
    }
}
