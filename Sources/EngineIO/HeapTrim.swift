internal import CMalloc
internal import NIOCore

/// Looks now and then how much memory the allocator keeps without use, and gives it back as ``HeapTrimPolicy`` says (ADR 80).
///
/// Memory belongs to the process: listeners that share one each look, and the second finds nothing to do.
///
/// Confined to its event loop.
final class HeapTrim: @unchecked Sendable {
    /// Time between two looks. A look walks the allocator's lists of what is free.
    static let interval: TimeAmount = .seconds(5)

    private var policy = HeapTrimPolicy()

    /// Looks from now on, until `channel` is closed.
    static func start(on eventLoop: any EventLoop, until channel: any Channel) {
        guard cmalloc_can_trim() != 0 else { return }
        let trim = HeapTrim()
        let task = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            trim.look()
        }
        channel.closeFuture.whenComplete { _ in task.cancel() }
    }

    private func look() {
        let resident = cmalloc_resident_bytes(), used = cmalloc_used_bytes()
        if policy.shouldTrim(resident: resident, used: used) { cmalloc_trim() }
    }
}
