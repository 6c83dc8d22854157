internal import Synchronization

/// The namespaces that a family has made so far.
final class ChildTable: Sendable {
    private let cores = Mutex<[ExactName: NamespaceCore]>([:])

    var all: [NamespaceCore] { cores.withLock { Array($0.values) } }

    /// Adds what `make` makes. What is registered meanwhile reaches it too: see ``register(_:)``.
    func add(_ make: () -> NamespaceCore) -> NamespaceCore {
        cores.withLock { cores in
            let core = make()
            cores[ExactName(core.name)] = core
            return core
        }
    }

    func remove(_ core: NamespaceCore) {
        cores.withLock { cores in
            let key = ExactName(core.name)
            if cores[key] === core { cores[key] = nil }
        }
    }

    /// Changes the family's own handlers and those of every child, none of which is made meanwhile.
    func register(_ change: (NamespaceCore?) -> Void) {
        cores.withLock { cores in
            change(nil)
            for core in cores.values { change(core) }
        }
    }
}
