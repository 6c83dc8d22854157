internal import ChatService
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// What a route knows of its request beside the request itself.
struct GatewayContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Where the request comes from: the peer's address, or what ``TrustedProxies`` found out.
    var ip: String?

    /// JSON bodies of the API are small.
    var maxUploadSize: Int { 64 << 10 }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        ip = source.channel.remoteAddress?.ipAddress
    }

    /// Where the request comes from.
    func source(of request: Request) -> RequestSource {
        RequestSource(ip: ip, agent: request.headers[.userAgent])
    }
}
