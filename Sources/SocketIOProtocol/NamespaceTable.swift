/// The namespaces of one connection that are not absent, the root apart from the others: most connections use
/// no other, and then nothing is allocated.
struct NamespaceTable: ~Copyable, Sendable {
    enum Phase: Sendable {
        case absent, joining, joined
    }

    private struct Entry: Sendable {
        let name: String
        var phase: Phase
    }

    static let root = "/"

    private let maxNamespaces: Int
    private var rootPhase = Phase.absent
    /// At most `maxNamespaces`, so a walk is as good as a hash; in the order of their CONNECTs.
    private var others: [Entry] = []
    private(set) var hasJoinedEver = false

    init(maxNamespaces: Int) {
        self.maxNamespaces = maxNamespaces
    }

    mutating func received(
        _ type: SocketPacketType, namespace: String
    ) -> Result<NamespaceStateMachine.OnPacket, SocketIOViolation> {
        let phase = self.phase(of: namespace)
        switch (type, phase) {
        case (.connect, .absent):
            guard self.count < self.maxNamespaces else { return .failure(.tooManyNamespaces) }
            self.set(.joining, namespace)
            return .success(.authenticate)
        case (.connect, .joining), (.connect, .joined):
            return .failure(.alreadyConnected)
        case (.event, .joined), (.binaryEvent, .joined):
            return .success(.deliverEvent)
        case (.ack, .joined), (.binaryAck, .joined):
            return .success(.deliverAck)
        case (.disconnect, .joined):
            self.set(.absent, namespace)
            return .success(.leave)
        case (.event, _), (.binaryEvent, _), (.ack, _), (.binaryAck, _), (.disconnect, _):
            return .failure(.notConnected)
        case (.connectError, _):
            return .failure(.connectErrorFromClient)
        }
    }

    mutating func accept(_ namespace: String) -> Bool {
        guard self.phase(of: namespace) == .joining else { return false }
        self.set(.joined, namespace)
        self.hasJoinedEver = true
        return true
    }

    mutating func refuse(_ namespace: String) {
        guard self.phase(of: namespace) == .joining else { return }
        self.set(.absent, namespace)
    }

    mutating func leave(_ namespace: String) -> Bool {
        guard self.phase(of: namespace) == .joined else { return false }
        self.set(.absent, namespace)
        return true
    }

    func phase(of namespace: String) -> Phase {
        if namespace == Self.root { return self.rootPhase }
        return self.index(of: namespace).map { self.others[$0].phase } ?? .absent
    }

    var joinedCount: Int {
        (self.rootPhase == .joined ? 1 : 0) + self.others.count { $0.phase == .joined }
    }

    var joinedNames: [String] {
        (self.rootPhase == .joined ? [Self.root] : [])
            + self.others.filter { $0.phase == .joined }.map(\.name)
    }

    private var count: Int {
        (self.rootPhase == .absent ? 0 : 1) + self.others.count
    }

    private mutating func set(_ phase: Phase, _ namespace: String) {
        if namespace == Self.root {
            self.rootPhase = phase
        } else if let index = self.index(of: namespace) {
            if phase == .absent {
                self.others.remove(at: index)
            } else {
                self.others[index].phase = phase
            }
        } else if phase != .absent {
            self.others.append(Entry(name: namespace, phase: phase))
        }
    }

    private func index(of namespace: String) -> Int? {
        self.others.firstIndex { $0.name.utf8.elementsEqual(namespace.utf8) }
    }
}
