/// What the gateway needs to be told.
public struct GatewayConfiguration: Sendable {
    /// The folder of the built web client.
    public var webFolder: String
    /// Whether the server is reached by TLS, so that the session cookie may insist on it.
    public var usesTLS: Bool

    /// A configuration with these values.
    public init(webFolder: String, usesTLS: Bool = false) {
        self.webFolder = webFolder
        self.usesTLS = usesTLS
    }
}
