internal import Synchronization

/// Which namespaces a server has: those made by hand, families of dynamic ones, and the families' children.
///
/// A child is kept as long as somebody is in it or about to join; after that it may be dropped, at once
/// (``Configuration/cleanupEmptyChildNamespaces``) or when another child needs its place. Looking a child up
/// and counting its user is one step, so that nobody joins a namespace that is being dropped.
final class NamespaceRegistry: Sendable {
    /// Where a name leads.
    enum Resolution {
        /// A namespace that exists; a child has one user more now.
        case existing(NamespaceCore)
        /// Families that may want to make a child of this name, to be asked in this order.
        case families([NamespaceCore])
        /// Nothing, now or ever.
        case unknown
    }

    private struct State {
        var cores: [ExactName: NamespaceCore] = [:]
        var families: [NamespaceCore] = []
        /// Sockets in a child or about to join it.
        var users: [ExactName: Int] = [:]
        var idle: Set<ExactName> = []
        var childCount = 0
        var created: [@Sendable (String) -> Void] = []
    }

    private let state = Mutex(State())
    private let maxChildren: Int
    private let dropsEmptyChildren: Bool

    init(maxChildren: Int, dropsEmptyChildren: Bool) {
        self.maxChildren = maxChildren
        self.dropsEmptyChildren = dropsEmptyChildren
    }

    /// The namespace of exactly this name; its users are not counted.
    func core(_ name: String) -> NamespaceCore? { state.withLock { $0.cores[ExactName(name)] } }

    /// The sockets of all namespaces.
    var socketCount: Int { all.reduce(0) { $0 + $1.socketCount } }

    /// Every namespace that sockets join.
    var all: [NamespaceCore] { state.withLock { Array($0.cores.values) } }

    /// The families, in the order in which they were made.
    var families: [NamespaceCore] { state.withLock { $0.families } }

    /// Everything that has a name of its own, families aside.
    var names: [String] { state.withLock { $0.cores.keys.map(\.text) } }

    func resolve(_ name: String) -> Resolution {
        state.withLock { state in
            let key = ExactName(name)
            if let core = state.cores[key] {
                Self.retain(core, key, &state)
                return .existing(core)
            }
            return state.families.isEmpty ? .unknown : .families(state.families)
        }
    }

    // MARK: - By hand

    func onCreated(_ hook: @escaping @Sendable (String) -> Void) {
        state.withLock { $0.created.append(hook) }
    }

    /// Puts a namespace under its name.
    ///
    /// - Returns: the one that was there before.
    func insert(_ core: NamespaceCore) -> NamespaceCore? {
        let (before, hooks) = state.withLock { state in
            let key = ExactName(core.name)
            let before = state.cores.updateValue(core, forKey: key)
            if let before { Self.forget(before, key, &state) }
            return (before, before == nil ? state.created : [])
        }
        for hook in hooks { hook(core.name) }
        return before
    }

    func insert(family: NamespaceCore) { state.withLock { $0.families.append(family) } }

    /// Takes a namespace, or a family with all its children, out of the tables.
    ///
    /// - Returns: the namespaces whose sockets have to go.
    func remove(_ core: NamespaceCore) -> [NamespaceCore] {
        state.withLock { state in
            if let children = core.children {
                state.families.removeAll { $0 === core }
                let all = children.all
                for child in all { Self.drop(child, &state) }
                return all
            }
            guard state.cores[ExactName(core.name)] === core else { return [] }
            Self.drop(core, &state)
            return [core]
        }
    }

    // MARK: - Children

    /// The child of this name, made if there is none, with one user more.
    ///
    /// - Returns: nil when there are as many children as there may be and none is idle, or the name belongs
    ///   to somebody else.
    func child(_ name: String, of family: NamespaceCore, make: () -> NamespaceCore) -> NamespaceCore? {
        guard let children = family.children else { return nil }
        let key = ExactName(name)
        let (core, isNew, hooks): (NamespaceCore?, Bool, [@Sendable (String) -> Void]) = state.withLock {
            state in
            if let core = state.cores[key] {
                guard core.family === family else { return (nil, false, []) }
                Self.retain(core, key, &state)
                return (core, false, [])
            }
            if state.childCount >= maxChildren {
                guard let idle = state.idle.first, let core = state.cores[idle] else {
                    return (nil, false, [])
                }
                Self.drop(core, &state)
            }
            let core = children.add(make)
            state.cores[key] = core
            state.childCount += 1
            Self.retain(core, key, &state)
            return (core, true, state.created)
        }
        guard let core, isNew else { return core }
        // Outside the lock: what is called here may ask for namespaces itself.
        for hook in hooks { hook(core.name) }
        for hook in core.current.all.newChild { hook(core) }
        return core
    }

    /// A user of a child has gone, or did not come after all.
    func release(_ core: NamespaceCore) {
        guard core.isChild else { return }
        state.withLock { state in
            let key = ExactName(core.name)
            guard state.cores[key] === core, let users = state.users[key] else { return }
            guard users <= 1 else {
                state.users[key] = users - 1
                return
            }
            state.users[key] = nil
            if dropsEmptyChildren {
                Self.drop(core, &state)
            } else {
                state.idle.insert(key)
            }
        }
    }

    private static func retain(_ core: NamespaceCore, _ key: ExactName, _ state: inout State) {
        guard core.isChild else { return }
        state.users[key, default: 0] += 1
        state.idle.remove(key)
    }

    private static func drop(_ core: NamespaceCore, _ state: inout State) {
        let key = ExactName(core.name)
        state.cores[key] = nil
        forget(core, key, &state)
    }

    private static func forget(_ core: NamespaceCore, _ key: ExactName, _ state: inout State) {
        core.retire()
        guard core.isChild else { return }
        state.childCount -= 1
        state.users[key] = nil
        state.idle.remove(key)
        core.family?.children?.remove(core)
    }
}
