internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Finds out whom a request comes from when there are proxies in front: each adds the address that it was asked from to
/// `X-Forwarded-For`. What a proxy that is ours says is believed, and so is what it says of another one of ours; whatever stands
/// further left may have been written by the client.
struct TrustedProxies: RouterMiddleware {
    typealias Context = GatewayContext

    let ranges: [AddressRange]

    private static let forwardedFor = HTTPField.Name("X-Forwarded-For")

    func handle(
        _ request: Request, context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        guard !ranges.isEmpty, let name = Self.forwardedFor else { return try await next(request, context) }
        var context = context
        context.ip = client(of: context.ip, forwardedFor: request.headers[values: name])
        return try await next(request, context)
    }

    /// The address of whoever asked the first of our proxies; the peer's own where it is none of them, or says nothing that is an
    /// address.
    func client(of peer: String?, forwardedFor values: [String]) -> String? {
        var client = peer
        let said = values.reversed().lazy.flatMap { $0.split(separator: ",").reversed() }
        for text in said {
            guard let current = client, isOurs(current) else { return client }
            let text = String(
                text.trimmingPrefix { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" })
            guard NetworkAddress(text) != nil else { return client }
            client = text
        }
        return client
    }

    private func isOurs(_ text: String) -> Bool {
        guard let address = NetworkAddress(text) else { return false }
        return ranges.contains { $0.contains(address) }
    }
}
