public import ChatService

/// What the gateway needs to be told.
public struct GatewayConfiguration: Sendable {
    /// The built web client.
    public var web: WebClient
    /// Whether the server is reached by TLS, so that the session cookie may insist on it.
    public var usesTLS: Bool
    /// Proxies whose word is taken for where a request comes from (`X-Forwarded-For`).
    public var proxies: [AddressRange]
    /// The version of this program, for administrators.
    public var version: String

    /// A configuration with these values.
    public init(
        web: WebClient, usesTLS: Bool = false, proxies: [AddressRange] = [], version: String = "0.1.0"
    ) {
        self.web = web
        self.usesTLS = usesTLS
        self.proxies = proxies
        self.version = version
    }
}
