public import NIOCore

/// A deadline of the layer above, kept in the wheel of a session's event loop. Confined to that loop.
public final class EngineTimer: WheelTimer, @unchecked Sendable {
    private let loop: EngineLoop
    private let work: () -> Void

    /// A timer that waits for nothing yet.
    ///
    /// - Parameters:
    ///   - session: the session whose event loop it runs on.
    ///   - work: called on the session's event loop when a deadline comes.
    public init(of session: EngineSession, _ work: @escaping () -> Void) {
        loop = session.loop
        self.work = work
    }

    /// Waits until `deadline`, in place of whatever it waited for before.
    public func arm(at deadline: NIODeadline) {
        let milliseconds = deadline.uptimeNanoseconds / 1_000_000
        loop.arm(self, at: Int64(milliseconds))
    }

    /// Waits for nothing any more.
    public func cancel() { loop.cancel(self) }

    override func deadlineReached(now: Int64) { work() }
}
