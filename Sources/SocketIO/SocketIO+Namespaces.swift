internal import EngineIO
internal import SocketIOCore
internal import SocketIOEvents

extension SocketIO {
    // MARK: - One namespace

    /// The namespace of this name, open to everybody; made at the first call.
    ///
    /// A name that a family of ``namespaces(where:)`` takes gives the family's child, with its handlers.
    ///
    /// - Parameter name: `/` and the empty text mean the root; a missing slash is added.
    public func namespace(_ name: String = "/") -> Namespace<Void> {
        if let there = namespace(name, of: Void.self) { return there }
        if let core = childByHand(Self.absolute(name), stateType: ObjectIdentifier(Void.self)) {
            return Namespace(core: core)
        }
        return namespace(name) { _ in }
    }

    /// The namespace of this name if there is one and its sockets have this type of state.
    public func namespace<State: Sendable>(_ name: String, of type: State.Type) -> Namespace<State>? {
        guard let core = registry.core(Self.absolute(name)), core.stateType == ObjectIdentifier(type) else {
            return nil
        }
        return Namespace(core: core)
    }

    /// A namespace whose clients are authenticated: what `authenticate` returns is each socket's state, and
    /// what it throws refuses the client (`ConnectError` with its message and data).
    ///
    /// A second call for the same name replaces the first, and its sockets have to leave: handlers and
    /// sockets belong to one type of state.
    public func namespace<State: Sendable>(
        _ name: String, authenticate: @escaping @Sendable (Handshake) async throws -> State
    ) -> Namespace<State> {
        namespace(name, expiring: { Expiring(try await authenticate($0), .never) })
    }

    /// A namespace whose clients are authenticated for some time: when it is over they have to leave, unless they
    /// have shown new credentials before. See ``Expiring``.
    public func namespace<State: Sendable>(
        _ name: String, expiring authenticate: @escaping @Sendable (Handshake) async throws -> Expiring<State>
    ) -> Namespace<State> {
        let core = NamespaceCore(
            name: Self.absolute(name), executors: executors, logger: logger,
            stateType: ObjectIdentifier(State.self),
            handlers: Self.handlers(authenticate),
            adapters: configuration.adapter, recovery: makeRecovery(),
            settings: NamespaceSettings(configuration), wire: wire)
        if let before = registry.insert(core) { before.disconnectLocally(options: .init(), close: false) }
        return Namespace(core: core)
    }

    /// Takes a namespace away: its sockets leave it (`server namespace disconnect`), and nobody can join it
    /// any more. Taking a family away does so with all its children.
    public func remove<State>(_ namespace: Namespace<State>) {
        for core in registry.remove(namespace.core) {
            core.disconnectLocally(options: .init(), close: false)
        }
    }

    /// The names of all namespaces that exist now.
    public var namespaceNames: [String] { registry.names }

    /// Called with the name of every namespace that is made from now on (the reference's `new_namespace`),
    /// before anybody joins it.
    public func onNewNamespace(_ handler: @escaping @Sendable (_ name: String) -> Void) {
        registry.onCreated(handler)
    }

    // MARK: - Families of namespaces

    /// A family of namespaces that are made when their first client comes: of every name for which
    /// `authenticate` returns a state. Nil means that the name is not the family's; what it throws refuses
    /// the client.
    ///
    /// ```swift
    /// let teams = io.namespaces { name, handshake in
    ///     name.hasPrefix("/team/") ? try await member(of: name, handshake) : nil
    /// }
    /// teams.on(Chat.message) { socket, text in ... }       // in every team
    /// teams.emit(Chat.notice, "to all of all teams")
    /// ```
    ///
    /// It is asked for every client of the family, since each needs a state. Families are asked in the order
    /// in which they were made, after the namespaces that exist. One that never returns nil catches all.
    public func namespaces<State: Sendable>(
        _ authenticate: @escaping @Sendable (_ name: String, _ handshake: Handshake) async throws -> State?
    ) -> Namespace<State> {
        family { handshake in
            try await authenticate(handshake.namespace, handshake).map { Expiring($0, .never) }
        }
    }

    /// A family of namespaces, open to everybody, of every name that `matches`.
    ///
    /// ```swift
    /// io.namespaces { $0.wholeMatch(of: /\/dynamic-\d+/) != nil }
    /// ```
    public func namespaces(where matches: @escaping @Sendable (_ name: String) -> Bool) -> Namespace<Void> {
        family(matches: matches) { handshake in
            matches(handshake.namespace) ? Expiring((), .never) : nil
        }
    }

    /// A family of namespaces whose clients are authenticated, of every name that `matches`.
    public func namespaces<State: Sendable>(
        where matches: @escaping @Sendable (_ name: String) -> Bool,
        authenticate: @escaping @Sendable (Handshake) async throws -> State
    ) -> Namespace<State> {
        family(matches: matches) { handshake in
            guard matches(handshake.namespace) else { return nil }
            return Expiring(try await authenticate(handshake), .never)
        }
    }

    /// The child of this name, made now if its first client has not come yet. A child made by hand stays
    /// until it is removed.
    ///
    /// - Returns: nil when there may be no more children, or the name is taken by another namespace.
    public func child<State>(_ name: String, of family: Namespace<State>) -> Namespace<State>? {
        child(Self.absolute(name), of: family.core).map { Namespace(core: $0) }
    }

    private func family<State: Sendable>(
        matches: (@Sendable (String) -> Bool)? = nil,
        _ authenticate: @escaping @Sendable (Handshake) async throws -> Expiring<State>?
    ) -> Namespace<State> {
        var handlers = Self.handlers(authenticate)
        handlers.matches = matches
        let core = NamespaceCore(
            name: "/*", executors: [], logger: logger, stateType: ObjectIdentifier(State.self),
            handlers: handlers, children: ChildTable(), settings: NamespaceSettings(configuration),
            wire: wire)
        registry.insert(family: core)
        return Namespace(core: core)
    }

    /// As ``namespaces(_:)``, of clients who are authenticated for some time.
    public func namespaces<State: Sendable>(
        expiring authenticate:
            @escaping @Sendable (_ name: String, _ handshake: Handshake) async throws
            -> Expiring<State>?
    ) -> Namespace<State> {
        family { try await authenticate($0.namespace, $0) }
    }

    private func child(_ name: String, of family: NamespaceCore) -> NamespaceCore? {
        registry.child(name, of: family) { [self, executors, logger, configuration, wire] in
            NamespaceCore(
                name: name, executors: executors, logger: logger, stateType: family.stateType,
                handlers: family.current.all, family: family, adapters: configuration.adapter,
                recovery: makeRecovery(), settings: NamespaceSettings(configuration), wire: wire)
        }
    }

    private func childByHand(_ name: String, stateType: ObjectIdentifier) -> NamespaceCore? {
        for family in registry.families where family.stateType == stateType {
            if family.current.all.matches?(name) == true { return child(name, of: family) }
        }
        return nil
    }

    // MARK: - Joining

    /// Finds the namespace that a client asks for and makes its socket, if all who are asked let it in.
    ///
    /// A child has one user more then, see ``NamespaceRegistry/release(_:)``.
    ///
    /// - Returns: nil when there is no such namespace.
    func admit(
        _ handshake: Handshake, to resolution: NamespaceRegistry.Resolution, _ connection: Connection,
        mayRecover: Bool
    ) async throws -> Admitted? {
        switch resolution {
        case .unknown: return nil
        case .existing(let core):
            let claim = mayRecover ? connection.claim(handshake, core) : nil
            do {
                if let claim, let unasked = await connection.restore(handshake, core, claim) {
                    return unasked
                }
                guard let make = try await core.current.all.authenticate(handshake) else {
                    registry.release(core)
                    return nil
                }
                return try await connection.makeSocket(make, core, claim)
            } catch {
                if let claim { core.recovery?.refuse(claim) }
                registry.release(core)
                throw error
            }
        case .families(let families):
            for family in families {
                guard let make = try await family.current.all.authenticate(handshake) else { continue }
                guard let core = child(handshake.namespace, of: family) else {
                    throw ConnectError("Too many namespaces")
                }
                do {
                    return try await connection.makeSocket(make, core, nil)
                } catch {
                    registry.release(core)
                    throw error
                }
            }
            return nil
        }
    }

    private func makeRecovery() -> NamespaceRecovery? {
        configuration.recovery.map {
            NamespaceRecovery($0, engine: configuration.engine, loops: loops.eventLoops)
        }
    }

    /// The handlers of a namespace that has no others yet.
    private static func handlers<State: Sendable>(
        _ authenticate: @escaping @Sendable (Handshake) async throws -> Expiring<State>?
    ) -> NamespaceCore.Handlers {
        var handlers = NamespaceCore.Handlers { handshake in
            guard let found = try await authenticate(handshake) else { return nil }
            return { core, connection, id in
                let socket = Socket(
                    id: id, handshake: handshake, state: found.state,
                    namespace: Namespace(core: core), connection: connection)
                if found.expiry != .never { socket.setExpiry(found.expiry) }
                return socket
            }
        }
        handlers.refresh = { socket, handshake in
            guard let found = try await authenticate(handshake) else { throw ConnectError.invalidNamespace }
            Namespace<State>.typed(socket).refresh(found.state, expires: found.expiry)
        }
        return handlers
    }

    private static func absolute(_ name: String) -> String { name.hasPrefix("/") ? name : "/" + name }
}
