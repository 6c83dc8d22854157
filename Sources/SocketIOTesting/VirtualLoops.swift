internal import Dispatch
internal import NIOCore
internal import Synchronization

/// The loops of one test, with one clock.
final class VirtualLoops: EventLoopGroup {
    let clock = VirtualClock()
    let loops: [VirtualLoop]
    private let turn = Mutex(0)

    init(_ count: Int) {
        let clock = clock
        loops = (0..<max(1, count)).map { VirtualLoop(clock: clock, name: "socketio.testing.\($0)") }
    }

    /// The loops in turn.
    func next() -> any EventLoop {
        loops[
            turn.withLock { turn in
                defer { turn = (turn + 1) % loops.count }
                return turn
            }]
    }

    func any() -> any EventLoop { loops[0] }

    func makeIterator() -> EventLoopIterator { EventLoopIterator(loops) }

    func shutdownGracefully(queue: DispatchQueue, _ callback: @escaping @Sendable ((any Error)?) -> Void) {
        queue.async { callback(nil) }
    }

    func settle() async { await clock.settle(loops) }

    func advance(by amount: TimeAmount) async { await clock.advance(by: amount, loops) }
}
