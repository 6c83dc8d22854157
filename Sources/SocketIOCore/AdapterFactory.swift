/// Makes the adapter of each namespace. What several of them share, such as connections, belongs to the factory.
public protocol AdapterFactory: Sendable {
    /// The adapter of a namespace.
    ///
    /// - Parameters:
    ///   - namespace: the namespace's name.
    ///   - local: the namespace's sockets in this process. It owns the adapter: hold it weakly, or unowned
    ///     when nothing can arrive after its end.
    func makeAdapter(namespace: String, local: any LocalDelivery) -> any Adapter
}
