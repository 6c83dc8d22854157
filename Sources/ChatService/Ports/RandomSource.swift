/// Where ids, tokens and invitation codes come from. An implementation outside of tests must be cryptographic.
public protocol RandomSource: Sendable {
    /// So many random bytes.
    func bytes(_ count: Int) -> [UInt8]
}

extension RandomSource {
    /// 128 random bits.
    func bits128() -> UInt128 {
        bytes(16).reduce(0) { $0 << 8 | UInt128($1) }
    }
}
