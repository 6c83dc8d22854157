internal import NIOCore
internal import NIOEmbedded
internal import Synchronization
internal import Testing

@testable internal import EngineIO

/// Memory that nobody uses goes back to the system (ADR 80).
struct HeapTrimTests {
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

    @Test func aListenerLooksUntilItIsClosed() throws {
        let channel = EmbeddedChannel()
        let trims = Mutex(0)
        HeapTrim.start(
            with: channel,
            heap: HeapTrim.Heap(
                resident: { 60 * Self.mebibyte }, used: { 0 }, trim: { trims.withLock { $0 += 1 } }))
        channel.embeddedEventLoop.advanceTime(by: HeapTrim.interval - .milliseconds(1))
        #expect(trims.withLock { $0 } == 0)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(trims.withLock { $0 } == 1)
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        #expect(trims.withLock { $0 } > 1)
        let atTheEnd = trims.withLock { $0 }
        _ = try channel.finish()
        channel.embeddedEventLoop.advanceTime(by: .seconds(600))
        #expect(trims.withLock { $0 } == atTheEnd)
    }

    /// More than all other tests of the process have at a time, so that what they do meanwhile does not matter.
    @Test func theAllocatorTellsAndGivesBack() throws {
        let heap = try #require(HeapTrim.Heap.own, "the tests run where the allocator can trim")
        let used = heap.used()
        let size = 1 << 10, count = 256 * Self.mebibyte / size
        // Small blocks, so that they come from the heap, and every 64th stays: the end of the heap is never free.
        var blocks = (0..<count).map { _ in UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16) }
        for block in blocks { block.initializeMemory(as: UInt8.self, repeating: 1, count: size) }
        #expect(heap.used() >= used + count * size / 2)
        var kept: [UnsafeMutableRawPointer] = []
        for (index, block) in blocks.enumerated() {
            if index % 64 == 63 { kept.append(block) } else { block.deallocate() }
        }
        blocks = []
        let before = heap.resident()
        heap.trim()
        #expect(heap.resident() < before - count * size / 2)
        for block in kept { block.deallocate() }
    }
}
