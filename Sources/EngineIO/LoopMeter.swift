internal import EngineIOProtocol
internal import Synchronization

/// What one event loop has counted, for metrics: plain integers, without locks and atomics, that only the loop itself
/// writes. Readers ask on the loop and add the loops up.
///
/// Confined to its event loop. The layer above counts here too, so that one question to a loop answers all.
package final class LoopMeter: @unchecked Sendable {
    /// What is counted. Most only grow; ``pollingSessions``, ``webSocketSessions`` and ``pendingAcks`` also fall.
    package enum Counter: Int, CaseIterable, Sendable {
        case pollingSessions, webSocketSessions
        case pollingHandshakes, webSocketHandshakes
        case upgrades, failedUpgrades
        case packetsIn, packetsOut, bytesIn, bytesOut
        case volatileDropped
        // The layer above.
        case connects, refusedConnects
        case eventsIn, eventsOut, unhandledEvents
        case handlerErrors, undecodable, violations
        case pendingAcks, acks, ackTimeouts, lostAcks
        case rateLimited
        case deliveries
    }

    /// How long handlers took, as a histogram.
    package struct Durations: Sendable, Equatable {
        /// Upper bounds of the buckets in nanoseconds; one bucket more takes what is longer.
        package static let bounds: [Int64] = [
            10_000, 100_000, 1_000_000, 5_000_000, 10_000_000, 50_000_000, 100_000_000, 500_000_000,
            1_000_000_000, 5_000_000_000,
        ]

        /// Not cumulative: each duration is in one bucket.
        package var buckets = [Int](repeating: 0, count: bounds.count + 1)
        package var nanoseconds: Int64 = 0

        package init() {}

        mutating func add(_ duration: Int64) {
            let index = Self.bounds.firstIndex { duration <= $0 } ?? Self.bounds.count
            buckets[index] &+= 1
            nanoseconds &+= max(0, duration)
        }

        /// Adds what another loop has seen.
        package mutating func merge(_ other: Durations) {
            for index in buckets.indices { buckets[index] &+= other.buckets[index] }
            nanoseconds &+= other.nanoseconds
        }
    }

    private let values: UnsafeMutablePointer<Int>
    @exclusivity(unchecked) package private(set) var durations = Durations()
    /// Sessions that ended, by reason; the keys are a few fixed words.
    package private(set) var closes: [String: Int] = [:]
    /// The same by ``CloseDetail/code``.
    package private(set) var details: [String: Int] = [:]
    /// Sockets that left, by reason.
    package private(set) var disconnects: [String: Int] = [:]

    package init() {
        values = .allocate(capacity: Counter.allCases.count)
        values.initialize(repeating: 0, count: Counter.allCases.count)
    }

    deinit { values.deallocate() }

    package subscript(_ counter: Counter) -> Int { values[counter.rawValue] }

    package func count(_ counter: Counter, _ amount: Int = 1) {
        values[counter.rawValue] &+= amount
    }

    package func handled(nanoseconds: Int64) { durations.add(nanoseconds) }

    /// - Parameter reason: one of a fixed set.
    package func disconnected(_ reason: String) { disconnects[reason, default: 0] += 1 }

    func closed(_ reason: CloseReason, _ detail: CloseDetail?) {
        closes[reason.description, default: 0] += 1
        if let detail { details[detail.code, default: 0] += 1 }
    }
}
