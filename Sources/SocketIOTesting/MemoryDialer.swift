internal import EngineIO
internal import Logging
internal import NIOCore
internal import SocketIO
internal import SocketIOClient
internal import Synchronization

/// Connects one client to the server, in memory.
final class MemoryDialer: Dialer {
    private let loops: VirtualLoops
    private let engineLoops: EngineListener.Loops
    private let engine: EngineServer
    private let logger: Logger
    let conditions: LinkConditions
    private let open = Mutex<[MemoryChannel]>([])

    init(loops: VirtualLoops, io: SocketIO, engine: EngineServer, conditions: LinkConditions) {
        self.loops = loops
        engineLoops = io.loops
        self.engine = engine
        logger = Logger(label: "socketio.testing")
        self.conditions = conditions
    }

    func dial(
        on eventLoop: any EventLoop, configure: @escaping @Sendable (any Channel) throws -> Void
    ) -> EventLoopFuture<any Channel> {
        let promise = eventLoop.makePromise(of: (any Channel).self)
        guard !conditions.isDown else {
            eventLoop.execute { promise.fail(ChannelError.connectTimeout(.seconds(0))) }
            return promise.futureResult
        }
        let serverLoop = loops.next()
        let (near, far) = MemoryChannel.pair(eventLoop, serverLoop, conditions)
        open.withLock { open in
            open.removeAll { !$0.isActive }
            open.append(near)
        }
        let (engine, engineLoops, logger) = (engine, engineLoops, logger)
        serverLoop.execute {
            do {
                try EngineListener.accept(far, loops: engineLoops, engines: [engine], logger: logger)
                far.activate()
            } catch {
                far.close(promise: nil)
            }
            eventLoop.execute {
                do {
                    try configure(near)
                    near.activate()
                    promise.succeed(near)
                } catch {
                    near.close(promise: nil)
                    promise.fail(error)
                }
            }
        }
        return promise.futureResult
    }

    /// Both ends of every connection learn that it failed.
    func resetAll() {
        for channel in open.withLock({ $0 }) { channel.reset() }
    }
}
