/// Who has signed in to the admin UI, so that a reload need not ask again: bounded, and each for some time.
struct AdminSessions: Sendable {
    private var ends: [String: Double] = [:]
    /// In the order of signing in.
    private var order: [String] = []
    private let capacity: Int
    private let lifetime: Double

    init(capacity: Int, lifetime: Double) {
        self.capacity = capacity
        self.lifetime = lifetime
    }

    var count: Int { ends.count }

    /// - Parameter now: seconds on any clock that does not go back.
    mutating func add(_ id: String, now: Double) {
        removeEnded(now: now)
        if ends.count >= capacity, let oldest = order.first {
            order.removeFirst()
            ends[oldest] = nil
        }
        ends[id] = now + lifetime
        order.append(id)
    }

    func contains(_ id: String, now: Double) -> Bool {
        ends[id].map { $0 > now } ?? false
    }

    private mutating func removeEnded(now: Double) {
        while let oldest = order.first, let end = ends[oldest], end <= now {
            order.removeFirst()
            ends[oldest] = nil
        }
    }
}
