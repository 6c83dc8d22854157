internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization

/// Passes on to every namespace of a family what is meant for the family; the arguments are encoded once.
struct FamilyAdapter: Adapter {
    let children: ChildTable

    private var adapters: [any Adapter] { children.all.map(\.adapter) }

    var node: NodeID { adapters.first?.node ?? .alone }

    func broadcast(_ event: EventPacket, options: BroadcastOptions) {
        for adapter in adapters { adapter.broadcast(event, options: options) }
    }

    /// Each child counts its own servers and sockets; what it hears is passed on at once, so that whoever ends the
    /// collection early knows who was asked. It is complete when all children are.
    func broadcast(
        _ event: EventPacket, options: BroadcastOptions, timeout: Duration, answers: AnswerCollector
    ) {
        let adapters = self.adapters
        guard !adapters.isEmpty else {
            answers.end()
            return
        }
        let open = OpenChildren(adapters.count)
        for adapter in adapters {
            let collector = AnswerCollector { report in
                switch report {
                case .asked(let receivers): answers.asked(receivers, by: nil)
                case .answered(let arguments, let socket): answers.answered(arguments, by: socket)
                case .lost(let socket): answers.lost(socket)
                case .ended: if open.endOne() { answers.end() }
                }
            }
            answers.whenEnded { collector.end() }
            adapter.broadcast(event, options: options, timeout: timeout, answers: collector)
        }
    }

    /// How many children have not ended.
    private final class OpenChildren: Sendable {
        private let count: Mutex<Int>

        init(_ count: Int) { self.count = Mutex(count) }

        /// Whether this was the last.
        func endOne() -> Bool {
            count.withLock { count in
                count -= 1
                return count == 0
            }
        }
    }

    func join(_ rooms: [Room], options: BroadcastOptions) {
        for adapter in adapters { adapter.join(rooms, options: options) }
    }

    func leave(_ rooms: [Room], options: BroadcastOptions) {
        for adapter in adapters { adapter.leave(rooms, options: options) }
    }

    func disconnect(options: BroadcastOptions, close: Bool) {
        for adapter in adapters { adapter.disconnect(options: options, close: close) }
    }

    func fetchSockets(options: BroadcastOptions, timeout: Duration) async -> ClusterAnswer<[SocketDetails]> {
        var all = ClusterAnswer<[SocketDetails]>([])
        for adapter in adapters {
            let some = await adapter.fetchSockets(options: options, timeout: timeout)
            all.value += some.value
            all.missing.formUnion(some.missing)
            all.isComplete = all.isComplete && some.isComplete
        }
        return all
    }

    func rooms(timeout: Duration) async -> ClusterAnswer<Set<Room>> {
        var all = ClusterAnswer<Set<Room>>([])
        for adapter in adapters {
            let some = await adapter.rooms(timeout: timeout)
            all.value.formUnion(some.value)
            all.missing.formUnion(some.missing)
            all.isComplete = all.isComplete && some.isComplete
        }
        return all
    }

    func serverSideEmit(_ event: EventPacket) {
        for adapter in adapters { adapter.serverSideEmit(event) }
    }

    func serverSideCall(_ event: EventPacket, timeout: Duration) async -> ClusterAnswer<[ServerAnswer]> {
        var all = ClusterAnswer<[ServerAnswer]>([])
        for adapter in adapters {
            let some = await adapter.serverSideCall(event, timeout: timeout)
            all.value += some.value
            all.missing.formUnion(some.missing)
            all.isComplete = all.isComplete && some.isComplete
        }
        return all
    }

    func serverCount() async -> Int { await adapters.first?.serverCount() ?? 1 }
}
