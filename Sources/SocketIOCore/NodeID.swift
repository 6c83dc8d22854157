/// The name of one server of a cluster, unique among those that run; the same for all its namespaces.
public struct NodeID: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// The id with this text.
    public init(_ text: String) { description = text }

    /// The id of a server that stands alone.
    public static let alone = NodeID("local")
}
