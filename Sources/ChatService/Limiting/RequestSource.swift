/// Where a request comes from: for limits, for the list of a person's devices, for the audit log.
public struct RequestSource: Hashable, Sendable {
    /// Whom the limits count it to.
    public let address: ClientAddress
    /// The network address, where there is one.
    public let ip: String?
    /// What the client says about itself (`User-Agent`), at most 256 characters of it.
    public let agent: String?

    /// A source from the text of its address and what the client says about itself.
    public init(ip: String?, agent: String?) {
        self.address = ip.map { ClientAddress($0) } ?? .local
        self.ip = ip
        let shown = agent?.unicodeScalars.lazy.filter { $0.properties.generalCategory != .control }.prefix(
            256)
        self.agent = shown.map { String(String.UnicodeScalarView($0)) }
    }

    /// A source that only the limits know.
    public init(_ address: ClientAddress) {
        self.address = address
        self.ip = nil
        self.agent = nil
    }

    /// No network: a test.
    public static let local = RequestSource(.local)

    /// Somebody at the machine's console.
    public static let console = RequestSource(ip: "console", agent: nil)
}
