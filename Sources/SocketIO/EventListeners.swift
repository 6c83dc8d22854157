/// The listeners of one event, of all events or of everything that is sent, in their order.
struct EventListeners<Listener: Sendable>: Sendable {
    private struct Entry: Sendable {
        let token: ListenerToken?
        let concurrency: Int
        let listener: Listener
    }

    private var entries: [Entry] = []
    /// How many calls may run at a time: what the most generous listener allows.
    private(set) var concurrency = 1

    var isEmpty: Bool { entries.isEmpty }
    var all: [Listener] { entries.map(\.listener) }

    func forEach(_ body: (Listener) async throws -> Void) async rethrows {
        for entry in entries { try await body(entry.listener) }
    }

    mutating func add(_ listener: Listener, _ options: ListenerOptions) {
        let entry = Entry(token: options.token, concurrency: options.concurrency, listener: listener)
        entries.insert(entry, at: options.isPrepended ? 0 : entries.count)
        concurrency = max(concurrency, options.concurrency)
    }

    mutating func remove(_ token: ListenerToken) {
        entries.removeAll { $0.token == token }
        concurrency = entries.reduce(1) { max($0, $1.concurrency) }
    }
}
