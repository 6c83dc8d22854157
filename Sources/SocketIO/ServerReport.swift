public import SocketIOCore

/// What the other servers of a cluster answered. Partial answers are never thrown away.
public struct ServerReport<Reply: Sendable>: Sendable {
    /// Which server answered what.
    public internal(set) var replies: [NodeID: Reply] = [:]
    /// The answers whose servers are unknown: the adapter's protocol does not tell.
    public internal(set) var unnamedReplies: [Reply] = []
    /// The servers that answered something else than expected.
    public internal(set) var unexpected: Set<NodeID> = []
    /// The servers that did not answer in time, or left.
    public internal(set) var missing: Set<NodeID> = []
    /// Whether every other server has answered as expected.
    public internal(set) var isComplete = true

    init(_ answer: ClusterAnswer<[ServerAnswer]>, _ decode: (EventArguments) throws -> Reply) {
        missing = answer.missing
        isComplete = answer.isComplete
        for item in answer.value {
            switch (try? decode(EventArguments(item.arguments)), item.node) {
            case (let reply?, let node?): replies[node] = reply
            case (let reply?, nil): unnamedReplies.append(reply)
            case (nil, let node):
                isComplete = false
                if let node { unexpected.insert(node) }
            }
        }
    }
}
