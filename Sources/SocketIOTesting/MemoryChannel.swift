internal import NIOCore
internal import Synchronization

/// One end of a connection in memory: a channel like any other, without a socket.
///
/// What is written arrives at the other end in order, after the delay of its ``LinkConditions``. As with TCP
/// the bytes that are under way or unread are bounded: above that the channel is not writable.
final class MemoryChannel: Channel, ChannelCore, @unchecked Sendable {
    private static let highWatermark = 64 * 1_024

    /// What travels.
    private enum Item {
        case bytes(ByteBuffer)
        case end
        case failure
    }

    /// What both ends are told when the network under them fails.
    private struct NetworkFailure: Error {}

    let allocator = ByteBufferAllocator()
    let eventLoop: any EventLoop
    private let conditions: LinkConditions
    private let closePromise: EventLoopPromise<Void>
    private let active = Atomic(false)
    private let writable = Atomic(true)
    private var pipelineStorage: ChannelPipeline?

    // Confined to the event loop from here on.
    private var peer: MemoryChannel?
    private var pending: [(ByteBuffer, EventLoopPromise<Void>?)] = []
    private var underWay: [Item] = []
    private var outstanding = 0
    private var unread: [ByteBuffer] = []
    private var ending: Item?
    private var isAutoRead = true
    private var readRequested = false
    private var isClosed = false

    init(eventLoop: any EventLoop, conditions: LinkConditions) {
        self.eventLoop = eventLoop
        self.conditions = conditions
        closePromise = eventLoop.makePromise()
        pipelineStorage = ChannelPipeline(channel: self)
    }

    /// Two ends of one connection, not active yet.
    static func pair(
        _ left: any EventLoop, _ right: any EventLoop, _ conditions: LinkConditions
    ) -> (MemoryChannel, MemoryChannel) {
        let ends = (
            MemoryChannel(eventLoop: left, conditions: conditions),
            MemoryChannel(eventLoop: right, conditions: conditions)
        )
        ends.0.peer = ends.1
        ends.1.peer = ends.0
        return ends
    }

    /// The connection is there.
    func activate() {
        active.store(true, ordering: .releasing)
        pipeline.fireChannelRegistered()
        pipeline.fireChannelActive()
        if isAutoRead { pipeline.read() }
    }

    // MARK: - Channel

    var pipeline: ChannelPipeline {
        // Made in the initialiser; a pipeline needs its channel first.
        guard let pipelineStorage else { return ChannelPipeline(channel: self) }
        return pipelineStorage
    }

    var closeFuture: EventLoopFuture<Void> { closePromise.futureResult }
    var localAddress: SocketAddress? { try? SocketAddress(ipAddress: "127.0.0.1", port: 1) }
    var remoteAddress: SocketAddress? { try? SocketAddress(ipAddress: "127.0.0.1", port: 2) }
    var parent: (any Channel)? { nil }
    var isWritable: Bool { writable.load(ordering: .acquiring) }
    var isActive: Bool { active.load(ordering: .acquiring) }
    var _channelCore: any ChannelCore { self }

    func setOption<Option: ChannelOption>(_ option: Option, value: Option.Value) -> EventLoopFuture<Void> {
        guard option is ChannelOptions.Types.AutoReadOption, let reads = value as? Bool else {
            return eventLoop.makeSucceededVoidFuture()
        }
        let set: @Sendable () -> Void = {
            self.isAutoRead = reads
            if reads { self.pipeline.read() }
        }
        if eventLoop.inEventLoop { set() } else { eventLoop.execute(set) }
        return eventLoop.makeSucceededVoidFuture()
    }

    func getOption<Option: ChannelOption>(_ option: Option) -> EventLoopFuture<Option.Value> {
        if option is ChannelOptions.Types.AutoReadOption, let value = isAutoRead as? Option.Value {
            return eventLoop.makeSucceededFuture(value)
        }
        return eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
    }

    // MARK: - ChannelCore

    func localAddress0() throws -> SocketAddress { try SocketAddress(ipAddress: "127.0.0.1", port: 1) }

    func remoteAddress0() throws -> SocketAddress { try SocketAddress(ipAddress: "127.0.0.1", port: 2) }

    func register0(promise: EventLoopPromise<Void>?) { promise?.succeed() }

    func registerAlreadyConfigured0(promise: EventLoopPromise<Void>?) { promise?.succeed() }

    func bind0(to: SocketAddress, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }

    func connect0(to: SocketAddress, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }

    func triggerUserOutboundEvent0(_ event: Any, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.operationUnsupported)
    }

    func channelRead0(_ data: NIOAny) {}

    func errorCaught0(error: any Error) {}

    func write0(_ data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isClosed else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        pending.append((unwrapData(data, as: ByteBuffer.self), promise))
    }

    func flush0() {
        let writes = pending
        pending = []
        var bytes = ByteBuffer()
        for (buffer, _) in writes { bytes.writeImmutableBuffer(buffer) }
        outstanding += bytes.readableBytes
        for length in conditions.pieces(of: bytes.readableBytes) where length > 0 {
            if let piece = bytes.readSlice(length: length) { depart(.bytes(piece)) }
        }
        updateWritability()
        for (_, promise) in writes { promise?.succeed() }
    }

    func read0() {
        readRequested = true
        deliver()
    }

    func close0(error: any Error, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all else {
            promise?.fail(ChannelError.operationUnsupported)
            return
        }
        guard !isClosed else {
            promise?.fail(ChannelError.alreadyClosed)
            return
        }
        depart(.end)
        shut(promise)
    }

    private func shut(_ promise: EventLoopPromise<Void>?) {
        guard !isClosed else {
            promise?.succeed()
            return
        }
        isClosed = true
        active.store(false, ordering: .releasing)
        for (_, promise) in pending { promise?.fail(ChannelError.ioOnClosedChannel) }
        pending = []
        unread = []
        promise?.succeed()
        closePromise.succeed()
        pipeline.fireChannelInactive()
        pipeline.fireChannelUnregistered()
        eventLoop.execute {
            self.removeHandlers(pipeline: self.pipeline)
            self.peer = nil
        }
    }

    // MARK: - The way to the other end

    /// Sends something on its way. Items leave the queue one at a time, so that none overtakes another.
    private func depart(_ item: Item) {
        guard let peer, !conditions.isCut else { return }
        underWay.append(item)
        let delay = conditions.delay()
        if delay.nanoseconds == 0 {
            eventLoop.execute { self.arrive(at: peer) }
        } else {
            eventLoop.scheduleTask(in: delay) { self.arrive(at: peer) }
        }
    }

    private func arrive(at peer: MemoryChannel) {
        guard !underWay.isEmpty else { return }
        let item = underWay.removeFirst()
        guard !conditions.isCut else { return }
        peer.eventLoop.execute { peer.receive(item) }
    }

    private func receive(_ item: Item) {
        guard !isClosed else { return }
        switch item {
        case .bytes(let buffer): unread.append(buffer)
        case .end, .failure: ending = ending ?? item
        }
        deliver()
    }

    /// Gives the pipeline what has arrived, if it wants it.
    private func deliver() {
        while readRequested || isAutoRead, !isClosed, !unread.isEmpty {
            readRequested = false
            let buffer = unread.removeFirst()
            let sender = peer
            let count = buffer.readableBytes
            sender?.eventLoop.execute { sender?.consumed(count) }
            pipeline.fireChannelRead(buffer)
            pipeline.fireChannelReadComplete()
        }
        guard unread.isEmpty, !isClosed, let ending else { return }
        if case .failure = ending { pipeline.fireErrorCaught(NetworkFailure()) }
        shut(nil)
    }

    private func consumed(_ count: Int) {
        outstanding -= count
        updateWritability()
    }

    private func updateWritability() {
        let isWritable = outstanding < Self.highWatermark
        guard writable.exchange(isWritable, ordering: .acquiringAndReleasing) != isWritable, !isClosed else {
            return
        }
        pipeline.fireChannelWritabilityChanged()
    }

    /// The network under both ends fails: what is under way is lost, and both hear of it.
    func reset() {
        eventLoop.execute {
            let peer = self.peer
            self.underWay = []
            self.receive(.failure)
            peer?.eventLoop.execute {
                peer?.underWay = []
                peer?.receive(.failure)
            }
        }
    }
}
