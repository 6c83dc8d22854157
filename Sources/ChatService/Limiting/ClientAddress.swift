/// Whom a network address belongs to, as far as limits care: an IPv4 address, or the /64 network of an IPv6 address
/// (one household has all of it).
public struct ClientAddress: Hashable, Sendable {
    private let bytes: [UInt8]

    /// Parses `192.0.2.1` or `2001:db8::1` (with or without a zone). Everything else is one address of its own:
    /// `local`.
    public init(_ text: String) {
        let bytes = NetworkAddress(String(text.prefix { $0 != "%" }))?.bytes ?? []
        self.bytes = bytes.count == 16 ? Array(bytes.prefix(8)) : bytes
    }

    /// An address that is none: a Unix socket, a test.
    public static let local = ClientAddress("")
}
