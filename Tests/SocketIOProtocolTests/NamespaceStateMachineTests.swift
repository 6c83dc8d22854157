internal import SocketIOProtocol
internal import Testing

/// Joining, using and leaving namespaces: each packet in each state.
@Suite struct NamespaceStateMachineTests {
    enum Outcome: Equatable, Sendable {
        case order(NamespaceStateMachine.OnPacket)
        case violation(SocketIOViolation)
    }

    enum Phase: CaseIterable, Sendable {
        case absent, joining, joined, refused, departed, thrownOut, closed
    }

    static func receive(
        _ type: SocketPacketType, _ namespace: String, _ machine: inout NamespaceStateMachine
    ) -> Outcome {
        do throws(SocketIOViolation) {
            return .order(try machine.received(type, namespace: namespace))
        } catch {
            return .violation(error)
        }
    }

    /// A machine that has brought `namespace` into a phase, by packets.
    static func machine(_ phase: Phase, _ namespace: String) throws -> NamespaceStateMachine {
        var machine = NamespaceStateMachine()
        if phase == .absent { return machine }
        _ = try machine.received(.connect, namespace: namespace)
        switch phase {
        case .absent, .joining:
            break
        case .joined:
            _ = machine.accepted(namespace: namespace)
        case .refused:
            machine.refused(namespace: namespace)
        case .departed:
            _ = machine.accepted(namespace: namespace)
            _ = try machine.received(.disconnect, namespace: namespace)
        case .thrownOut:
            _ = machine.accepted(namespace: namespace)
            _ = machine.left(namespace: namespace)
        case .closed:
            _ = machine.accepted(namespace: namespace)
            _ = machine.closeAll()
        }
        return machine
    }

    static func expected(_ type: SocketPacketType, _ phase: Phase) -> Outcome {
        switch (phase, type) {
        case (.closed, _): .order(.ignore)
        case (_, .connectError): .violation(.connectErrorFromClient)
        case (.joining, .connect), (.joined, .connect): .violation(.alreadyConnected)
        case (_, .connect): .order(.authenticate)
        case (.joined, .event), (.joined, .binaryEvent): .order(.deliverEvent)
        case (.joined, .ack), (.joined, .binaryAck): .order(.deliverAck)
        case (.joined, .disconnect): .order(.leave)
        default: .violation(.notConnected)
        }
    }

    @Test(arguments: Phase.allCases, ["/", "/admin", "/a-namespace-longer-than-fifteen-bytes"])
    func `every packet in every state`(phase: Phase, namespace: String) throws {
        for type in SocketPacketType.allCases {
            var machine = try Self.machine(phase, namespace)
            let found = Self.receive(type, namespace, &machine)
            #expect(found == Self.expected(type, phase), "\(type)")
        }
    }

    @Test(arguments: Phase.allCases, SocketPacketType.allCases)
    func `the root's shortcut is the same machine`(phase: Phase, type: SocketPacketType) throws {
        var machine = try Self.machine(phase, "/")
        let found: Outcome
        do throws(SocketIOViolation) {
            found = .order(try machine.receivedAtRoot(type))
        } catch {
            found = .violation(error)
        }
        #expect(found == Self.expected(type, phase))
    }

    @Test(arguments: Phase.allCases, ["/", "/admin"])
    func `every call of the server in every state`(phase: Phase, namespace: String) throws {
        var accepting = try Self.machine(phase, namespace)
        let accepted = accepting.accepted(namespace: namespace)
        #expect(accepted == (phase == .joining))
        let isJoined = accepting.isJoined(namespace)
        #expect(isJoined == (phase == .joining || phase == .joined))

        var refusing = try Self.machine(phase, namespace)
        refusing.refused(namespace: namespace)
        let stays = refusing.isJoined(namespace)
        #expect(stays == (phase == .joined))
        let again = Self.receive(.connect, namespace, &refusing)
        #expect(again == (phase == .joining ? .order(.authenticate) : Self.expected(.connect, phase)))

        var leaving = try Self.machine(phase, namespace)
        let left = leaving.left(namespace: namespace)
        #expect(left == (phase == .joined))
        let lateAccept = leaving.accepted(namespace: namespace)
        #expect(lateAccept == (phase == .joining))

        var closing = try Self.machine(phase, namespace)
        let names = closing.closeAll()
        #expect(names == (phase == .joined ? [namespace] : []))
        let namesAgain = closing.closeAll()
        #expect(namesAgain == [])
        let acceptedAfterClose = closing.accepted(namespace: namespace)
        #expect(!acceptedAfterClose)
        let countAfterClose = closing.joinedCount
        #expect(countAfterClose == 0)
    }

    @Test(arguments: Phase.allCases, ["/", "/admin"])
    func `having joined once is remembered`(phase: Phase, namespace: String) throws {
        let machine = try Self.machine(phase, namespace)
        let hasJoinedEver = machine.hasJoinedEver
        #expect(hasJoinedEver == [.joined, .departed, .thrownOut, .closed].contains(phase))
        let count = machine.joinedCount
        #expect(count == (phase == .joined ? 1 : 0))
    }

    @Test func `one namespace does not open another`() throws {
        var machine = try Self.machine(.joined, "/")
        for namespace in ["/admin", "/A", "//", "/ ", "", "/\u{0}"] {
            let found = Self.receive(.event, namespace, &machine)
            #expect(found == .violation(.notConnected), "\(namespace.debugDescription)")
        }
    }

    @Test func `names that only look the same are different namespaces`() throws {
        var machine = try Self.machine(.joined, "/caf\u{E9}")
        let decomposed = Self.receive(.event, "/cafe\u{301}", &machine)
        #expect(decomposed == .violation(.notConnected))
        let kelvin = Self.receive(.connect, "/\u{212A}", &machine)
        #expect(kelvin == .order(.authenticate))
        let letter = Self.receive(.event, "/K", &machine)
        #expect(letter == .violation(.notConnected))
    }

    @Test func `the namespaces of a connection are bounded, joining ones included`() throws {
        var machine = NamespaceStateMachine(limits: .init(maxNamespaces: 3))
        for namespace in ["/", "/a", "/b"] {
            let order = try machine.received(.connect, namespace: namespace)
            #expect(order == .authenticate)
        }
        let tooMany = Self.receive(.connect, "/c", &machine)
        #expect(tooMany == .violation(.tooManyNamespaces))
        machine.refused(namespace: "/a")
        let freed = Self.receive(.connect, "/c", &machine)
        #expect(freed == .order(.authenticate))
        var none = NamespaceStateMachine(limits: .init(maxNamespaces: 0))
        let root = Self.receive(.connect, "/", &none)
        #expect(root == .violation(.tooManyNamespaces))
    }

    @Test func `closing names what is joined, in order, and not what is joining`() throws {
        var machine = NamespaceStateMachine()
        for namespace in ["/b", "/a", "/", "/c"] { _ = try machine.received(.connect, namespace: namespace) }
        for namespace in ["/", "/a", "/b"] { _ = machine.accepted(namespace: namespace) }
        let count = machine.joinedCount
        #expect(count == 3)
        let names = machine.closeAll()
        #expect(names == ["/", "/b", "/a"])
        let hasJoinedEver = machine.hasJoinedEver
        #expect(hasJoinedEver)
    }

    @Test(arguments: SeededGenerator.seeds)
    func `random sequences agree with a dictionary of phases`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let names = ["/", "/a", "/b", "/a-rather-long-namespace-name"]
        for round in 0..<500 {
            var machine = NamespaceStateMachine(limits: .init(maxNamespaces: 3))
            var model: [String: Phase] = [:]
            for step in 0..<40 {
                let name = names.randomElement(using: &generator) ?? "/"
                let phase = model[name] ?? .absent
                let hint = "seed \(seed), round \(round), step \(step)"
                switch Int.random(in: 0...10, using: &generator) {
                case 0...6:
                    let type = SocketPacketType.allCases.randomElement(using: &generator) ?? .connect
                    var expected = Self.expected(type, phase)
                    if expected == .order(.authenticate), model.count == 3 {
                        expected = .violation(.tooManyNamespaces)
                    }
                    let found = Self.receive(type, name, &machine)
                    #expect(found == expected, "\(hint)")
                    if found == .order(.authenticate) { model[name] = .joining }
                    if found == .order(.leave) { model[name] = nil }
                case 7, 8:
                    let accepted = machine.accepted(namespace: name)
                    #expect(accepted == (phase == .joining), "\(hint)")
                    if accepted { model[name] = .joined }
                case 9:
                    machine.refused(namespace: name)
                    if phase == .joining { model[name] = nil }
                default:
                    let left = machine.left(namespace: name)
                    #expect(left == (phase == .joined), "\(hint)")
                    if left { model[name] = nil }
                }
                let joined = machine.joinedCount
                #expect(joined == model.values.count { $0 == .joined }, "\(hint)")
            }
            let closed = machine.closeAll()
            #expect(
                Set(closed) == Set(model.filter { $0.value == .joined }.keys), "seed \(seed), round \(round)")
        }
    }
}
