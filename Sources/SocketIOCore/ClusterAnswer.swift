/// What the servers of a cluster answered, as far as they did: partial answers are never thrown away.
public struct ClusterAnswer<Value: Sendable>: Sendable {
    /// Everything that came.
    public var value: Value
    /// The servers that did not answer in time, or left meanwhile, as far as their names are known.
    public var missing: Set<NodeID>
    /// Whether every server has answered. False with an empty ``missing`` when the adapter knows only how many there are.
    public var isComplete: Bool

    /// An answer that lacks these servers.
    public init(_ value: Value, missing: Set<NodeID> = []) {
        self.init(value, missing: missing, isComplete: missing.isEmpty)
    }

    /// An answer that may lack servers whose names are unknown.
    public init(_ value: Value, missing: Set<NodeID>, isComplete: Bool) {
        self.value = value
        self.missing = missing
        self.isComplete = isComplete
    }
}

extension ClusterAnswer: Equatable where Value: Equatable {}
