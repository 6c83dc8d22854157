internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIOClient

@Suite struct ClientNamespaceStateMachineTests {
    enum Reached: CaseIterable {
        case inactive, waiting, joining, joined

        var machine: ClientNamespaceStateMachine {
            var machine = ClientNamespaceStateMachine()
            guard self != .inactive else { return machine }
            _ = machine.open()
            guard self != .waiting else { return machine }
            _ = machine.engineOpened()
            if self == .joined { _ = machine.received(.connect) }
            return machine
        }
    }

    @Test(arguments: Reached.allCases)
    func everyPacketInEveryState(_ state: Reached) {
        let expected: [SocketPacketType: ClientNamespaceStateMachine.OnPacket] =
            switch state {
            case .inactive: [.connect: .sendDisconnect]
            case .waiting: [.connect: .violation, .connectError: .violation]
            case .joining:
                [.connect: .joined, .connectError: .refused, .event: .keepEvent, .binaryEvent: .keepEvent]
            case .joined:
                [
                    .connect: .violation, .connectError: .violation, .event: .deliverEvent,
                    .binaryEvent: .deliverEvent, .ack: .deliverAck, .binaryAck: .deliverAck,
                    .disconnect: .left,
                ]
            }
        for type in SocketPacketType.allCases {
            var machine = state.machine
            #expect(machine.received(type) == expected[type] ?? .ignore, "\(type) in \(state)")
        }
    }

    @Test(arguments: Reached.allCases)
    func theOtherEventsInEveryState(_ state: Reached) {
        var (a, b, c, d) = (state.machine, state.machine, state.machine, state.machine)
        let (opens, joins, tells, says) = (a.open(), b.engineOpened(), c.engineClosed(), d.leave())
        #expect(opens == (state == .inactive))
        #expect(joins == (state == .waiting))
        #expect(tells == (state == .joined))
        #expect(says == (state == .joined))
        #expect(c.isActive == (state != .inactive) && !c.isJoined && !c.isJoining)
        #expect(!d.isActive)
    }
}
