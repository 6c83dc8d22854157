/// What the gateway needs to be told.
public struct GatewayConfiguration: Sendable {
    /// The built web client.
    public var web: WebClient
    /// Whether the server is reached by TLS, so that the session cookie may insist on it.
    public var usesTLS: Bool
    /// The version of this program, for administrators.
    public var version: String

    /// A configuration with these values.
    public init(web: WebClient, usesTLS: Bool = false, version: String = "0.1.0") {
        self.web = web
        self.usesTLS = usesTLS
        self.version = version
    }
}
