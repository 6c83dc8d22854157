internal import NIOCore

/// What counts as one address: an IPv4 address, or the first 64 bits of an IPv6 one.
struct AddressKey: Hashable, Sendable {
    private let bits: UInt64
    private let isIPv6: Bool

    /// Nil for Unix sockets.
    init?(_ address: SocketAddress?) {
        switch address {
        case .v4(let address):
            // The system's structure: family and port take four bytes, then comes the address.
            bits = withUnsafeBytes(of: address.address) { Self.number($0.dropFirst(4).prefix(4)) }
            isIPv6 = false
        case .v6(let address):
            // Family, port and flow label take eight bytes.
            let bytes = withUnsafeBytes(of: address.address) { Array($0.dropFirst(8).prefix(16)) }
            if bytes.starts(with: Self.mapped) {
                // An IPv4 client on a socket for both.
                bits = Self.number(bytes[12...])
                isIPv6 = false
            } else {
                bits = Self.number(bytes[..<8])
                isIPv6 = true
            }
        case .unixDomainSocket, nil: return nil
        }
    }

    /// Nil for a text that is no IP address.
    init?(text: String) {
        self.init(try? SocketAddress(ipAddress: text, port: 0))
    }

    private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    private static func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
