internal import Glibc

/// Whom a network address belongs to, as far as limits care: an IPv4 address, or the /64 network of an IPv6 address
/// (one household has all of it).
public struct ClientAddress: Hashable, Sendable {
    private let bytes: [UInt8]

    /// Parses `192.0.2.1` or `2001:db8::1` (with or without a zone). Everything else is one address of its own:
    /// `local`.
    public init(_ text: String) {
        let text = String(text.prefix { $0 != "%" })
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.bytes = withUnsafeBytes(of: &four) { Array($0) }
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else {
            self.bytes = []
            return
        }
        let all = withUnsafeBytes(of: &six) { Array($0) }
        let isMappedIPv4 = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
        self.bytes = isMappedIPv4 ? Array(all.suffix(4)) : Array(all.prefix(8))
    }

    /// An address that is none: a Unix socket, a test.
    public static let local = ClientAddress("")
}
