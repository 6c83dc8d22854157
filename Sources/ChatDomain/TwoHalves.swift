/// 128 bits, stored as two words.
///
/// Values that go through asynchronous calls must not store a `UInt128`: with Swift 6.3.1 on x86-64 Linux an
/// asynchronous function that gets one as an argument on the stack crashes when it is resumed.
struct TwoHalves: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    init(_ bits: UInt128) {
        self.high = UInt64(truncatingIfNeeded: bits >> 64)
        self.low = UInt64(truncatingIfNeeded: bits)
    }

    var bits: UInt128 { UInt128(high) << 64 | UInt128(low) }
}
