internal import SocketIOProtocol

/// Packets, verdicts and ends for some namespaces, against a model that keeps sets of names.
enum FuzzNamespaces {
    private static let names = ["/", "/a", "/b", "/é", "/e\u{301}", "/c", "/d", "/f"]

    static func test(_ input: [UInt8]) {
        var machine = NamespaceStateMachine(limits: ParserLimits(maxNamespaces: 4))
        var joining: Set<[UInt8]> = []
        var joined: Set<[UInt8]> = []
        for byte in input {
            let name = names[Int(byte >> 5)]
            let key = Array(name.utf8)
            switch byte & 31 {
            case 0...13:
                let types = SocketPacketType.allCases
                let type = types[Int(byte & 31) % types.count]
                guard let order = try? machine.received(type, namespace: name) else { return }
                switch order {
                case .authenticate:
                    precondition(!joined.contains(key) && joining.insert(key).inserted, "joined twice")
                case .deliverEvent, .deliverAck: precondition(joined.contains(key), "an event from outside")
                case .leave: precondition(joined.remove(key) != nil, "left without having joined")
                case .ignore: break
                }
            case 14...20:
                guard joining.remove(key) != nil else { continue }
                precondition(machine.accepted(namespace: name), "not accepted")
                joined.insert(key)
            case 21...24: if joining.remove(key) != nil { machine.refused(namespace: name) }
            case 25...28: precondition(machine.left(namespace: name) == (joined.remove(key) != nil))
            case 29:
                precondition(Set(machine.closeAll().map { Array($0.utf8) }) == joined)
                precondition(machine.closeAll().isEmpty && machine.joinedCount == 0)
                return
            default: precondition(machine.isJoined(name) == joined.contains(key))
            }
            precondition(machine.joinedCount == joined.count && joined.count + joining.count <= 4)
        }
    }
}
