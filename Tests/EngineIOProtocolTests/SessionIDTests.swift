internal import EngineIOProtocol
internal import Testing

/// Session ids: their shape, which tools rely on, and that none is like another.
struct SessionIDTests {
    /// Gives the same two words for ever.
    private struct ConstantGenerator: RandomNumberGenerator {
        let word: UInt64
        mutating func next() -> UInt64 { word }
    }

    private static let alphabet = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".utf8)

    @Test(arguments: SeededGenerator.seeds)
    func shapeAndUniqueness(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var seen: Set<String> = []
        var seenAt = Array(repeating: Set<UInt8>(), count: SessionID.length)
        for _ in 0..<5_000 {
            let id = SessionID.make(using: &random)
            #expect(id.utf8.count == 20)
            #expect(Self.alphabet.isSuperset(of: id.utf8))
            #expect(seen.insert(id).inserted)
            for (place, character) in id.utf8.enumerated() { seenAt[place].insert(character) }
        }
        // All 64 characters appear in each of the 20 places: no place carries less than six bits.
        #expect(seenAt.allSatisfy { $0 == Self.alphabet })
    }

    @Test func allBits() {
        var zeros = ConstantGenerator(word: 0)
        var ones = ConstantGenerator(word: .max)
        #expect(SessionID.make(using: &zeros) == "AAAAAAAAAAAAAAAAAAAA")
        #expect(SessionID.make(using: &ones) == "--------------------")
    }

    @Test("Any of the first 60 bits of either word changes the id", arguments: 0..<60)
    func everyBitCounts(bit: Int) {
        var one = ConstantGenerator(word: 1 << UInt64(bit))
        #expect(SessionID.make(using: &one) != "AAAAAAAAAAAAAAAAAAAA")
    }
}
