internal import NIOCore
internal import Synchronization

/// What the network between one client and the server is like. Shared by all connections of the client.
final class LinkConditions: Sendable {
    struct State: Sendable {
        var latency = TimeAmount.zero
        var jitter = TimeAmount.zero
        var isCut = false
        var isDown = false
        var splits = false
        var lossOut = 0.0
        var lossIn = 0.0
        var doublingOut = 0.0
        var doublingIn = 0.0
        var random: SeededRandom
    }

    private let state: Mutex<State>

    init(seed: UInt64) { state = Mutex(State(random: SeededRandom(seed: seed))) }

    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    var isDown: Bool { state.withLock { $0.isDown } }

    var isCut: Bool { state.withLock { $0.isCut } }

    /// How long the next bytes take.
    func delay() -> TimeAmount {
        state.withLock { state in
            let jitter = max(0, state.jitter.nanoseconds)
            let extra = jitter == 0 ? 0 : Int64.random(in: 0...jitter, using: &state.random)
            return .nanoseconds(max(0, state.latency.nanoseconds) + extra)
        }
    }

    /// In how many pieces `count` bytes arrive, by their lengths.
    func pieces(of count: Int) -> [Int] {
        state.withLock { state in
            guard state.splits, count > 1 else { return [count] }
            var (left, pieces): (Int, [Int]) = (count, [])
            while left > 0 {
                let piece = Int.random(in: 1...left, using: &state.random)
                pieces.append(piece)
                left -= piece
            }
            return pieces
        }
    }

    /// How often a message goes through.
    func copies(outgoing: Bool) -> Int {
        state.withLock { state in
            let (loss, doubling) =
                outgoing ? (state.lossOut, state.doublingOut) : (state.lossIn, state.doublingIn)
            guard loss > 0 || doubling > 0 else { return 1 }
            let chance = Double.random(in: 0..<1, using: &state.random)
            if chance < loss { return 0 }
            return chance < loss + doubling ? 2 : 1
        }
    }
}
