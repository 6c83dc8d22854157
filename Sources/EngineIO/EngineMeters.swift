package import NIOCore
internal import Synchronization

extension EngineListener.Loops {
    /// The loops' counters with the loops that they belong to.
    package var meters: [(eventLoop: any EventLoop, meter: LoopMeter)] {
        loops.map { ($0.eventLoop, $0.meter) }
    }
}

extension EngineServer {
    /// Bytes and packets that wait for clients on one event loop. To be asked on it; looks at every session there.
    package func outboxSize(on eventLoop: any EventLoop) -> (bytes: Int, packets: Int) {
        var size = (bytes: 0, packets: 0)
        for session in sessions.all where session.loop.eventLoop === eventLoop {
            size.bytes &+= session.outbox.byteCount
            size.packets &+= session.outbox.count
        }
        return size
    }

    /// Requests that were refused, by code and ``ConnectionFailure/context``.
    package var refusals: [Refusal: Int] { refusalCounts.withLock { $0 } }

    /// A kind of refused request; there are a few fixed ones.
    package struct Refusal: Hashable, Sendable {
        package let code: Int
        package let context: String
    }
}
