internal import EngineIO

extension SocketIO {
    /// Lets the admin UI in, see ``Admin``. To be called once, before the server listens.
    ///
    /// In development mode namespaces that are made later are watched too, as ``onNewNamespace(_:)`` tells of them.
    public func instrument(_ options: Admin) {
        let admin = AdminNamespace.make(options, on: self)
        guard options.mode == .development else { return }
        for core in registry.all { admin.watch(core) }
        registry.onCreated { [registry] name in
            if let core = registry.core(name) { admin.watch(core) }
        }
    }
}
