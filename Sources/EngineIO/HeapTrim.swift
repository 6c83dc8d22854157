internal import CMalloc
internal import NIOCore

/// Looks now and then how much memory the allocator keeps without use, and gives it back as ``HeapTrimPolicy`` says (ADR 80).
///
/// Memory belongs to the process: listeners that share one each look, and the second finds nothing to do.
///
/// Confined to its event loop.
final class HeapTrim: @unchecked Sendable {
    /// The heap that is looked at.
    struct Heap: Sendable {
        /// Bytes of the process's own memory that are resident.
        var resident: @Sendable () -> Int
        /// Bytes that are given out.
        var used: @Sendable () -> Int
        /// Gives back what can be given back.
        var trim: @Sendable () -> Void

        /// The allocator's; nil where it cannot be told to give back.
        static let own: Heap? =
            cmalloc_can_trim() == 0
            ? nil
            : Heap(
                resident: { cmalloc_resident_bytes() }, used: { cmalloc_used_bytes() },
                trim: { cmalloc_trim() })
    }

    /// Time between two looks. A look walks the allocator's lists of what is free.
    static let interval: TimeAmount = .seconds(5)

    private let heap: Heap
    private var policy = HeapTrimPolicy()

    private init(heap: Heap) { self.heap = heap }

    /// Looks from now on, on the event loop of `channel` and until it is closed.
    static func start(with channel: any Channel, heap: Heap? = .own) {
        guard let heap else { return }
        let trim = HeapTrim(heap: heap)
        let task = channel.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            trim.look()
        }
        channel.closeFuture.whenComplete { _ in task.cancel() }
    }

    private func look() {
        if policy.shouldTrim(resident: heap.resident(), used: heap.used()) { heap.trim() }
    }
}
