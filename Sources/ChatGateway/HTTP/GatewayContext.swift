internal import ChatService
internal import Hummingbird
internal import Logging
internal import NIOCore

/// What a route knows of its request beside the request itself.
struct GatewayContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Where the request comes from, for rate limits.
    let address: ClientAddress

    /// JSON bodies of the API are small.
    var maxUploadSize: Int { 64 << 10 }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress.map { ClientAddress($0) } ?? .local
    }
}
