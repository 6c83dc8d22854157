internal import SocketIOCore

/// What only families of namespaces have; see ``SocketIO/namespaces(_:)``.
///
/// Everything that is registered on a family holds for all its children, those that exist and those to come;
/// what is sent to a family reaches the sockets of all of them.
extension Namespace {
    /// The namespaces of the family that exist now; none of a namespace that is no family.
    public var children: [Namespace<State>] {
        (core.children?.all ?? []).map { Namespace(core: $0) }
    }

    /// Called with every child when it is made and nobody has joined it yet: for handlers of its own.
    ///
    /// Children come and go with their clients, see ``Configuration/cleanupEmptyChildNamespaces`` and
    /// ``Configuration/maxChildNamespaces``; one that comes back is a new one.
    @discardableResult
    public func onNewChild(_ handler: @escaping @Sendable (Namespace<State>) -> Void) -> Self {
        core.register { $0.newChild.append { handler(Namespace(core: $0)) } }
        return self
    }
}
