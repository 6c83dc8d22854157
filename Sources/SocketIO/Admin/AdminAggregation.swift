/// Makes of counters that only grow what the admin UI draws: how much was added since it was told last.
struct AdminAggregation: Sendable {
    /// An entry of `aggregatedEvents`.
    struct Event: Codable, Sendable, Equatable {
        /// Milliseconds since 1970, whole seconds.
        var timestamp: Int64
        var type: String
        var subType: String?
        var count: Int
    }

    private struct Key: Hashable {
        let type: String
        let subType: String?
    }

    private var told: [Key: Int]?

    init() {}

    /// What was added since the last call; nothing at the first, which only sets the mark.
    ///
    /// - Parameter time: milliseconds since 1970.
    mutating func take(_ snapshot: MetricsSnapshot, at time: Int64) -> [Event] {
        let all = Self.counters(of: snapshot)
        defer { told = Dictionary(all.map { ($0.key, $0.value) }) { $1 } }
        guard let told else { return [] }
        let second = time - time % 1_000
        return all.compactMap { key, value in
            let added = value &- (told[key] ?? 0)
            guard added > 0 else { return nil }
            return Event(timestamp: second, type: key.type, subType: key.subType, count: added)
        }
    }

    private static func counters(of snapshot: MetricsSnapshot) -> [(key: Key, value: Int)] {
        func value(_ name: String, _ direction: String) -> Int {
            snapshot.value(name, ["direction": direction]) ?? 0
        }
        let closes = snapshot["engineio_closes_total"]?.samples ?? []
        return [
            (Key(type: "rawConnection", subType: nil), snapshot.value("engineio_handshakes_total") ?? 0),
            (Key(type: "packetsIn", subType: nil), value("engineio_packets_total", "in")),
            (Key(type: "packetsOut", subType: nil), value("engineio_packets_total", "out")),
            (Key(type: "bytesIn", subType: nil), value("engineio_bytes_total", "in")),
            (Key(type: "bytesOut", subType: nil), value("engineio_bytes_total", "out")),
        ] + closes.map { (Key(type: "rawDisconnection", subType: $0.labels.first?.value), $0.value) }
    }
}
