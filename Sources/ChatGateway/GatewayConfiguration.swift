/// What the gateway needs to be told.
public struct GatewayConfiguration: Sendable {
    /// The built web client.
    public var web: WebClient
    /// Whether the server is reached by TLS, so that the session cookie may insist on it.
    public var usesTLS: Bool

    /// A configuration with these values.
    public init(web: WebClient, usesTLS: Bool = false) {
        self.web = web
        self.usesTLS = usesTLS
    }
}
