internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization

/// Several servers of one process that know of each other through messages only: values that could be bytes.
///
/// It stands for what a real line between servers does: messages can be lost, servers come and go, and the time of a
/// request is up when the test says so. It is the proof that the adapter protocol carries everything.
final class TestCluster: Sendable {
    /// What one server tells another.
    enum Message: Sendable {
        case broadcast(EventPacket, BroadcastOptions)
        case ask(EventPacket, BroadcastOptions, request: Int, timeout: Duration)
        case asked(AnswerReport.Receivers, request: Int)
        case answered(EncodedArguments, SocketID?, request: Int)
        case lost(SocketID, request: Int)
        case join([Room], BroadcastOptions)
        case leave([Room], BroadcastOptions)
        case disconnect(BroadcastOptions, close: Bool)
        case fetch(BroadcastOptions, request: Int)
        case rooms(request: Int)
        case serverEvent(EventPacket, request: Int?)
        case sockets([SocketDetails], request: Int)
        case roomNames(Set<Room>, request: Int)
        case serverAnswer(EncodedArguments?, request: Int)
    }

    /// Makes the adapters of one server.
    struct Factory: AdapterFactory {
        let cluster: TestCluster
        let node: NodeID

        func makeAdapter(namespace: String, local: any LocalDelivery) -> any Adapter {
            let adapter = TestClusterAdapter(
                node: node, namespace: namespace, cluster: cluster, local: local)
            cluster.add(adapter)
            return adapter
        }
    }

    private struct State {
        var adapters: [TestClusterAdapter] = []
        var deaf: Set<NodeID> = []
        var nextRequest = 0
    }

    private let state = Mutex(State())
    /// What the servers said, so that a test can see that something crossed or did not.
    let said = Recorder<Message>()

    func factory(_ node: String) -> Factory { Factory(cluster: self, node: NodeID(node)) }

    /// Messages to this server are lost from now on, or are not any more.
    func setDeaf(_ node: String, _ isDeaf: Bool = true) {
        state.withLock { state in
            if isDeaf { state.deaf.insert(NodeID(node)) } else { state.deaf.remove(NodeID(node)) }
        }
    }

    /// The time of all requests is up.
    func expire() {
        for adapter in state.withLock({ $0.adapters }) { adapter.expire() }
    }

    /// How many requests wait for answers; nothing may stay behind.
    var pendingCount: Int {
        state.withLock { $0.adapters }.reduce(0) { $0 + $1.pendingCount }
    }

    func nextRequest() -> Int {
        state.withLock { state in
            state.nextRequest += 1
            return state.nextRequest
        }
    }

    fileprivate func add(_ adapter: TestClusterAdapter) {
        let others = peers(of: adapter)
        state.withLock { $0.adapters.append(adapter) }
        for other in others {
            other.local?.nodeJoined(adapter.node)
            adapter.local?.nodeJoined(other.node)
        }
    }

    func remove(_ adapter: TestClusterAdapter) {
        state.withLock { $0.adapters.removeAll { $0 === adapter } }
        for other in peers(of: adapter) { other.lost(adapter.node) }
    }

    /// A server dies without a word; the others find out.
    func kill(_ node: String) {
        let dead = state.withLock { $0.adapters.filter { $0.node == NodeID(node) } }
        for adapter in dead { remove(adapter) }
    }

    func peers(of adapter: TestClusterAdapter) -> [TestClusterAdapter] {
        state.withLock { state in
            state.adapters.filter { $0.namespace == adapter.namespace && $0.node != adapter.node }
        }
    }

    func send(_ message: Message, from adapter: TestClusterAdapter, to node: NodeID? = nil) {
        // Noted when it has arrived, so that who sees it here may rely on that.
        defer { said.add(message) }
        for peer in peers(of: adapter) where node == nil || peer.node == node {
            guard !state.withLock({ $0.deaf.contains(peer.node) }) else { continue }
            peer.receive(message, from: adapter.node)
        }
    }
}
