internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization

/// One namespace of one server of a ``TestCluster``.
final class TestClusterAdapter: Adapter {
    let node: NodeID
    let namespace: String
    private let cluster: TestCluster
    private let localBox: Weak
    private let pending = Mutex<[Int: Pending]>([:])
    private let collectors = Mutex<[Int: AnswerCollector]>([:])

    /// A reference that does not keep; set once.
    private final class Weak: @unchecked Sendable {
        weak var local: (any LocalDelivery)?
        init(_ local: any LocalDelivery) { self.local = local }
    }

    /// A question to all other servers.
    private struct Pending {
        var open: Set<NodeID>
        var missing: Set<NodeID> = []
        var answers: [(NodeID, TestCluster.Message)] = []
        let waiter: CheckedContinuation<Answers, Never>
    }

    private struct Answers: Sendable {
        var answers: [(NodeID, TestCluster.Message)]
        var missing: Set<NodeID>
    }

    init(node: NodeID, namespace: String, cluster: TestCluster, local: any LocalDelivery) {
        self.node = node
        self.namespace = namespace
        self.cluster = cluster
        localBox = Weak(local)
    }

    var local: (any LocalDelivery)? { localBox.local }

    var pendingCount: Int { pending.withLock { $0.count } + collectors.withLock { $0.count } }

    // MARK: - Adapter

    func broadcast(_ event: EventPacket, options: BroadcastOptions) {
        local?.deliver(event, options: options)
        if !options.isLocal { cluster.send(.broadcast(event, options), from: self) }
    }

    func broadcast(
        _ event: EventPacket, options: BroadcastOptions, timeout: Duration, answers: AnswerCollector
    ) {
        let others = options.isLocal ? [] : cluster.peers(of: self).map(\.node)
        answers.expect(nodes: Set(others).union([node]))
        let request = cluster.nextRequest()
        if !others.isEmpty {
            collectors.withLock { $0[request] = answers }
            answers.whenEnded { [weak self] in self?.collectors.withLock { $0[request] = nil } }
        }
        local?.deliver(event, options: options, timeout: timeout, answers: answers)
        if !others.isEmpty {
            cluster.send(.ask(event, options, request: request, timeout: timeout), from: self)
        }
    }

    func join(_ rooms: [Room], options: BroadcastOptions) {
        local?.joinLocally(rooms, options: options)
        if !options.isLocal { cluster.send(.join(rooms, options), from: self) }
    }

    func leave(_ rooms: [Room], options: BroadcastOptions) {
        local?.leaveLocally(rooms, options: options)
        if !options.isLocal { cluster.send(.leave(rooms, options), from: self) }
    }

    func disconnect(options: BroadcastOptions, close: Bool) {
        local?.disconnectLocally(options: options, close: close)
        if !options.isLocal { cluster.send(.disconnect(options, close: close), from: self) }
    }

    func fetchSockets(
        options: BroadcastOptions, timeout: Duration
    ) async -> ClusterAnswer<[SocketDetails]> {
        var sockets = await local?.fetchLocally(options: options) ?? []
        guard !options.isLocal else { return ClusterAnswer(sockets) }
        let result = await request { .fetch(options, request: $0) }
        for case (_, .sockets(let more, _)) in result.answers { sockets += more }
        return ClusterAnswer(sockets, missing: result.missing)
    }

    func rooms(timeout: Duration) async -> ClusterAnswer<Set<Room>> {
        var rooms = await local?.localRooms() ?? []
        let result = await request { .rooms(request: $0) }
        for case (_, .roomNames(let more, _)) in result.answers { rooms.formUnion(more) }
        return ClusterAnswer(rooms, missing: result.missing)
    }

    func serverSideEmit(_ event: EventPacket) {
        cluster.send(.serverEvent(event, request: nil), from: self)
    }

    func serverSideCall(_ event: EventPacket, timeout: Duration) async -> ClusterAnswer<[ServerAnswer]> {
        let result = await request { .serverEvent(event, request: $0) }
        var answers: [ServerAnswer] = []
        for case (let node, .serverAnswer(let arguments?, _)) in result.answers {
            answers.append(ServerAnswer(arguments, node: node))
        }
        return ClusterAnswer(answers, missing: result.missing)
    }

    func serverCount() async -> Int { 1 + cluster.peers(of: self).count }

    func close() { cluster.remove(self) }

    // MARK: - Questions to all

    private func request(_ message: @Sendable (Int) -> TestCluster.Message) async -> Answers {
        let others = Set(cluster.peers(of: self).map(\.node))
        guard !others.isEmpty else { return Answers(answers: [], missing: []) }
        let id = cluster.nextRequest()
        let message = message(id)
        return await withCheckedContinuation { continuation in
            pending.withLock { $0[id] = Pending(open: others, waiter: continuation) }
            cluster.send(message, from: self)
        }
    }

    private func change(_ id: Int, _ change: (inout Pending) -> Void) {
        let done: Pending? = pending.withLock { all in
            guard var one = all[id] else { return nil }
            change(&one)
            all[id] = one.open.isEmpty ? nil : one
            return one.open.isEmpty ? one : nil
        }
        done?.waiter.resume(returning: Answers(answers: done?.answers ?? [], missing: done?.missing ?? []))
    }

    func expire() {
        for id in pending.withLock({ Array($0.keys) }) {
            change(id) { one in
                one.missing.formUnion(one.open)
                one.open = []
            }
        }
    }

    func lost(_ other: NodeID) {
        for id in pending.withLock({ Array($0.keys) }) {
            change(id) { one in if one.open.remove(other) != nil { one.missing.insert(other) } }
        }
        for collector in collectors.withLock({ Array($0.values) }) { collector.lost(node: other) }
        local?.nodeLeft(other)
    }

    // MARK: - What arrives

    func receive(_ message: TestCluster.Message, from sender: NodeID) {
        switch message {
        case .broadcast(let event, let options): local?.deliver(event, options: options)
        case .ask(let event, let options, let request, let timeout):
            let answers = AnswerCollector { [cluster, weak self] report in
                guard let self else { return }
                switch report {
                case .asked(let receivers):
                    cluster.send(.asked(receivers, request: request), from: self, to: sender)
                case .answered(let arguments, let socket):
                    cluster.send(.answered(arguments, socket, request: request), from: self, to: sender)
                case .lost(let socket): cluster.send(.lost(socket, request: request), from: self, to: sender)
                case .ended: break
                }
            }
            answers.expect(nodes: [node])
            local?.deliver(event, options: options, timeout: timeout, answers: answers)
        case .asked(let receivers, let request): collector(request)?.asked(receivers, by: sender)
        case .answered(let arguments, let socket, let request):
            collector(request)?.answered(arguments, by: socket)
        case .lost(let socket, let request): collector(request)?.lost(socket)
        case .join(let rooms, let options): local?.joinLocally(rooms, options: options)
        case .leave(let rooms, let options): local?.leaveLocally(rooms, options: options)
        case .disconnect(let options, let close): local?.disconnectLocally(options: options, close: close)
        case .serverEvent(let event, nil): local?.receivedServerEvent(event, from: sender)
        case .fetch, .rooms, .serverEvent: answer(message, from: sender)
        case .sockets(_, let request), .roomNames(_, let request), .serverAnswer(_, let request):
            change(request) { one in
                if one.open.remove(sender) != nil { one.answers.append((sender, message)) }
            }
        }
    }

    private func answer(_ message: TestCluster.Message, from sender: NodeID) {
        Task { [self] in
            guard let local else { return }
            switch message {
            case .fetch(let options, let request):
                let sockets = await local.fetchLocally(options: options)
                cluster.send(.sockets(sockets, request: request), from: self, to: sender)
            case .rooms(let request):
                cluster.send(.roomNames(await local.localRooms(), request: request), from: self, to: sender)
            case .serverEvent(let event, let request?):
                let arguments = await local.answerServerEvent(event, from: sender)
                cluster.send(.serverAnswer(arguments, request: request), from: self, to: sender)
            default: break
            }
        }
    }

    private func collector(_ request: Int) -> AnswerCollector? { collectors.withLock { $0[request] } }
}
