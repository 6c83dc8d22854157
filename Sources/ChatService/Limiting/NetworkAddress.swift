internal import Glibc

/// An address of four or sixteen bytes. IPv4 in the clothes of IPv6 (`::ffff:10.0.0.1`) is IPv4.
public struct NetworkAddress: Hashable, Sendable {
    let bytes: [UInt8]

    /// Parses `192.0.2.1` or `2001:db8::1`; nil for anything else.
    public init?(_ text: String) {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        let all = withUnsafeBytes(of: &six) { Array($0) }
        let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
        bytes = isMapped ? Array(all.suffix(4)) : all
    }

    /// Whether it is an address of the public internet: no range for private use, this machine, neighbours, documentation, or
    /// that leads to an IPv4 address in disguise.
    public var isPublic: Bool {
        if bytes.count == 4 { return !Self.specialIPv4.contains { $0.contains(self) } }
        return Self.globalIPv6.contains { $0.contains(self) }
            && !Self.specialIPv6.contains { $0.contains(self) }
    }

    // The registries of special-purpose addresses at IANA, RFC 6890 and its successors.
    private static let specialIPv4 = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    ].compactMap { AddressRange($0) }
    private static let globalIPv6 = ["2000::/3"].compactMap { AddressRange($0) }
    private static let specialIPv6 = [
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    ].compactMap { AddressRange($0) }
}
