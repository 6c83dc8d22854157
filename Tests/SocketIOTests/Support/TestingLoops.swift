internal import Dispatch
internal import NIOCore
internal import NIOEmbedded

/// Event loops whose clocks the test sets: nothing happens by itself, everything can be waited for.
final class TestingLoops: EventLoopGroup {
    let loops: [NIOAsyncTestingEventLoop]

    init(_ count: Int) {
        loops = (0..<count).map { _ in NIOAsyncTestingEventLoop() }
    }

    func next() -> any EventLoop { loops[0] }

    func any() -> any EventLoop { loops[0] }

    func makeIterator() -> EventLoopIterator { EventLoopIterator(loops) }

    func shutdownGracefully(queue: DispatchQueue, _ callback: @escaping @Sendable ((any Error)?) -> Void) {
        queue.async { callback(nil) }
    }

    /// Runs all loops until what one gave to another is done too.
    func settle() async {
        for _ in 0..<4 { for loop in loops { await loop.run() } }
    }

    /// Moves all clocks.
    func advance(by amount: TimeAmount) async {
        for loop in loops { await loop.advanceTime(by: amount) }
        await settle()
    }
}
