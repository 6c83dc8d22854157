/// A range of network addresses, `192.0.2.0/24` or `2001:db8::/32`; an address alone is a range of one.
public struct AddressRange: Hashable, Sendable {
    private let bytes: [UInt8]
    private let bits: Int

    /// Parses a range; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = NetworkAddress(String(parts[0])) else { return nil }
        bytes = address.bytes
        guard parts.count == 2 else {
            bits = bytes.count * 8
            return
        }
        guard let number = Int(parts[1]), (0...bytes.count * 8).contains(number) else { return nil }
        bits = number
    }

    /// Whether the address is in the range.
    public func contains(_ address: NetworkAddress) -> Bool {
        guard address.bytes.count == bytes.count else { return false }
        for index in 0..<(bits + 7) / 8 {
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> min(8, bits - index * 8))
            guard address.bytes[index] & mask == bytes[index] & mask else { return false }
        }
        return true
    }
}
