internal import NIOCore
internal import SocketIOCore
internal import Synchronization

/// What the namespace's adapter can do with the sockets of this process.
extension NamespaceCore: LocalDelivery {
    func deliver(_ event: EventPacket, options: BroadcastOptions) {
        wire.countBroadcast()
        if let recovery {
            if let watchers = outgoingListeners {
                forEachShard { $0.tell(watchers, event, wantsAck: false, options: options) }
            }
            wake(recovery.broadcast(event, options: options))
            return
        }
        let packet = encode(event.name, event.arguments, ackID: nil)
        let watchers = outgoingListeners
        let messages = wire.messages(packet)
        forEachShard { shard in
            if let watchers {
                shard.tell(watchers, event, wantsAck: false, options: options)
            }
            shard.deliver(messages, options: options)
        }
    }

    func deliver(
        _ event: EventPacket, options: BroadcastOptions, timeout: Duration, answers: AnswerCollector
    ) {
        wire.countBroadcast()
        end(answers, after: timeout)
        let asking = shards.filter { $0.mayHaveMembers }
        guard !asking.isEmpty else {
            answers.asked(.sockets([]), by: adapter.node)
            return
        }
        let id = nextAckID()
        let messages = wire.messages(encode(event.name, event.arguments, ackID: id))
        let asked = AskedSockets(loops: asking.count)
        let node = adapter.node
        for shard in asking {
            shard.run { shard in
                if let watchers = self.outgoingListeners {
                    shard.tell(watchers, event, wantsAck: true, options: options)
                }
                let sockets = shard.ask(messages, id: id, options: options, answers: answers)
                if let all = asked.add(sockets) { answers.asked(.sockets(all), by: node) }
            }
        }
        answers.whenEnded {
            for shard in asking { shard.run { $0.forgetCall(id) } }
        }
    }

    /// Ends the collection when the time is up, if nobody else does.
    func end(_ answers: AnswerCollector, after timeout: Duration) {
        guard answers.takeDeadline() else { return }
        // A family has no loops of its own; without a child it has nobody to wait for.
        let shards = children?.all.first?.shards ?? self.shards
        guard let loop = (shards.first { $0.eventLoop.inEventLoop } ?? shards.first)?.eventLoop else {
            return
        }
        let deadline = loop.scheduleTask(in: TimeAmount(timeout)) { answers.end() }
        answers.whenEnded { deadline.cancel() }
    }

    /// Puts together what the loops say, the last of them has it all.
    private final class AskedSockets: Sendable {
        private let state: Mutex<(open: Int, sockets: [SocketID])>

        init(loops: Int) { state = Mutex((loops, [])) }

        func add(_ sockets: [SocketID]) -> [SocketID]? {
            state.withLock { state in
                state.open -= 1
                state.sockets += sockets
                return state.open == 0 ? state.sockets : nil
            }
        }
    }

    /// Wakes loops whose inbox has got something.
    func wake(_ places: [Int]) {
        for place in places { shards[place].wake() }
    }

    func joinLocally(_ rooms: [Room], options: BroadcastOptions) {
        forEachShard(away: { $0.join(rooms, rooms: options.rooms, except: options.except) }) { shard in
            for socket in shard.members(matching: options) { for room in rooms { shard.join(socket, room) } }
        }
    }

    func leaveLocally(_ rooms: [Room], options: BroadcastOptions) {
        forEachShard(away: { $0.leave(rooms, rooms: options.rooms, except: options.except) }) { shard in
            for socket in shard.members(matching: options) { for room in rooms { shard.leave(socket, room) } }
        }
    }

    func disconnectLocally(options: BroadcastOptions, close: Bool) {
        forEachShard(away: { $0.drop(rooms: options.rooms, except: options.except) }) { shard in
            for socket in shard.members(matching: options) { socket.disconnectOnLoop(close: close) }
        }
    }

    func fetchLocally(options: BroadcastOptions) async -> [SocketDetails] {
        let node = adapter.node
        return await collect { shard in
            shard.members(matching: options).map { $0.details(node: node) }
        }
    }

    func localRooms() async -> Set<Room> {
        Set(await collect { Array($0.rooms) })
    }

    /// What every loop that has sockets makes of them, one loop after the other; of a family, child after child.
    func collect<Value: Sendable>(
        _ work: @escaping @Sendable (NamespaceShard) -> [Value]
    ) async -> [Value] {
        var all: [Value] = []
        for shard in shards where shard.mayHaveMembers {
            let promise = shard.eventLoop.makePromise(of: [Value].self)
            shard.eventLoop.execute { promise.succeed(work(shard)) }
            // A loop that is gone has no sockets.
            all += (try? await promise.futureResult.get()) ?? []
        }
        for child in children?.all ?? [] { all += await child.collect(work) }
        return all
    }

    func receivedServerEvent(_ event: EventPacket, from node: NodeID?) {
        guard let handlers = current.all.serverEvents[event.name], let shard = shards.first else { return }
        HandlerTask.start(on: shard.executor) {
            for handler in handlers { _ = await self.runServer(handler, event, node) }
        }
    }

    func answerServerEvent(_ event: EventPacket, from node: NodeID?) async -> EncodedArguments? {
        var answer: EncodedArguments?
        for handler in current.all.serverEvents[event.name] ?? [] {
            let value = await runServer(handler, event, node)
            answer = answer ?? value
        }
        return answer
    }

    func nodeJoined(_ node: NodeID) {
        for handler in current.all.nodeJoined { handler(node) }
    }

    func nodeLeft(_ node: NodeID) {
        for handler in current.all.nodeLeft { handler(node) }
    }
}
