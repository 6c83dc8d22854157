internal import CMalloc
internal import Testing

@testable internal import EngineIO

/// Memory that nobody uses goes back to the system (ADR 80).
@Suite struct HeapTrimTests {
    /// Mebibytes that are resident, and those of them that are in use.
    private typealias Look = (resident: Int, used: Int)

    private static let mebibyte = 1 << 20

    /// The looks, counted from 0, after which memory is given back.
    private static func trims(_ looks: [Look]) -> [Int] {
        var policy = HeapTrimPolicy()
        return looks.indices.filter {
            policy.shouldTrim(resident: looks[$0].resident * mebibyte, used: looks[$0].used * mebibyte)
        }
    }

    private static func often(_ look: Look, _ count: Int) -> [Look] {
        Array(repeating: look, count: count)
    }

    @Test(arguments: [(10, 3), (100, 80), (10, 30), (0, 0)])
    func littleThatIsFreeStays(resident: Int, used: Int) {
        #expect(Self.trims(Self.often((resident, used), 100)).isEmpty)
    }

    @Test func whatABurstLeftGoesBackOnce() {
        let burst: Look = (60, 2)
        #expect(Self.trims([burst] + Self.often((3, 2), 100) + [burst]) == [0, 101])
    }

    @Test func whatIsWantedAgainAtOnceIsGivenBackEverMoreSeldom() {
        let trims = Self.trims(Self.often((60, 20), 200))
        #expect(zip(trims.dropFirst(), trims).map { $0 - $1 } == [3, 5, 9, 17, 33, 33, 33, 33, 33])
    }

    @Test func aTrimThatLastedEndsTheWaiting() {
        // The fourth trim is that of look 17; what it gave back is not wanted again.
        let trims = Self.trims(Self.often((60, 20), 18) + Self.often((21, 20), 2) + Self.often((60, 20), 4))
        #expect(trims == [0, 3, 8, 17, 20, 23])
    }

    @Test func theAllocatorTellsWhatItHasGivenOut() throws {
        try #require(cmalloc_can_trim() != 0, "the tests run where the allocator can trim")
        let size = 64 * Self.mebibyte
        let before = cmalloc_used_bytes()
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        block.initializeMemory(as: UInt8.self, repeating: 1, count: size)
        #expect(cmalloc_used_bytes() >= before + size / 2, "other tests run beside this one")
        #expect(cmalloc_resident_bytes() >= size)
        block.deallocate()
    }
}
