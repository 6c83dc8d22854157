internal import Synchronization

/// Whether a proxy should send people here.
final class Readiness: Sendable {
    private let ready = Atomic<Bool>(true)

    var isReady: Bool { ready.load(ordering: .relaxed) }

    func end() { ready.store(false, ordering: .relaxed) }
}
