internal import EngineIOProtocol
internal import Testing

@testable internal import SocketIOClient

@Suite struct ClientEngineStateMachineTests {
    private func polling(mayUpgrade: Bool) -> ClientEngineStateMachine {
        var machine = ClientEngineStateMachine(.polling)
        _ = machine.received(.open, now: 0)
        _ = machine.opened(pingInterval: 25_000, pingTimeout: 20_000, mayUpgrade: mayUpgrade, now: 0)
        return machine
    }

    private func webSocket() -> ClientEngineStateMachine {
        var machine = ClientEngineStateMachine(.websocket)
        _ = machine.opened(pingInterval: 25_000, pingTimeout: 20_000, mayUpgrade: true, now: 0)
        return machine
    }

    @Test(arguments: EnginePacketType.allCases)
    func onlyTheOpenPacketOpens(_ type: EnginePacketType) {
        for transport in TransportName.allCases {
            var machine = ClientEngineStateMachine(transport)
            #expect(machine.isOpening)
            #expect(machine.received(type, now: 0) == (type == .open ? .handshake : .close(.parseError)))
        }
    }

    @Test(arguments: [
        (EnginePacketType.open, ClientEngineStateMachine.OnPacket.ignore), (.close, .close(.transportClose)),
        (.ping, .pong), (.pong, .ignore), (.message, .deliver), (.upgrade, .ignore), (.noop, .ignore),
    ])
    func packetsOfAnOpenSession(_ type: EnginePacketType, _ order: ClientEngineStateMachine.OnPacket) {
        var (first, second) = (polling(mayUpgrade: false), webSocket())
        #expect(first.received(type, now: 1) == order)
        #expect(second.received(type, now: 1) == order)
        _ = first.close()
        #expect(first.received(type, now: 1) == .ignore)
    }

    @Test func noPingWithinIntervalAndTimeoutEndsIt() {
        var machine = webSocket()
        #expect(machine.timer(now: 44_999) == .watch(until: 45_000))
        #expect(machine.received(.ping, now: 25_000) == .pong)
        // Other traffic is no ping.
        #expect(machine.received(.message, now: 60_000) == .deliver)
        #expect(machine.timer(now: 69_999) == .watch(until: 70_000))
        #expect(machine.timer(now: 70_000) == .close(.pingTimeout))
        _ = machine.close()
        #expect(machine.timer(now: 99_000) == .none)
    }

    @Test(arguments: [Int64.min, -1, 0, .max])
    func durationsOfTheServerAreClamped(_ duration: Int64) {
        var machine = ClientEngineStateMachine(.websocket)
        _ = machine.opened(pingInterval: duration, pingTimeout: duration, mayUpgrade: false, now: 1_000)
        #expect(machine.deadline >= 1_002 && machine.deadline <= 1_000 + 2 * 86_400_000)
    }

    @Test func oneGetAndOnePostAtATime() {
        var machine = ClientEngineStateMachine(.polling)
        let canPost = machine.beginPost()
        #expect(!canPost, "nothing is posted before the session is open")
        var begun = machine.beginPoll()
        #expect(begun)
        begun = machine.beginPoll()
        #expect(!begun)
        _ = machine.opened(pingInterval: 1, pingTimeout: 1, mayUpgrade: false, now: 0)
        #expect(machine.endPoll() == .proceed)
        begun = machine.beginPost()
        #expect(begun)
        begun = machine.beginPost()
        #expect(!begun)
        #expect(machine.endPost() == .proceed)
    }

    @Test func theUpgradeWaitsForThePollAndThePost() {
        var machine = polling(mayUpgrade: true)
        _ = machine.beginPoll()
        _ = machine.beginPost()
        #expect(machine.probeAnswered(isProbe: true) == .pause)
        #expect(machine.endPoll() == .none)
        let polls = machine.beginPoll()
        #expect(!polls, "no new poll while it pauses")
        #expect(machine.transport == .polling && !machine.writesToWebSocket)
        #expect(machine.endPost() == .completeUpgrade)
        #expect(machine.transport == .websocket && machine.writesToWebSocket)
    }

    @Test func anIdlePollingSessionMovesAtOnce() {
        var machine = polling(mayUpgrade: true)
        #expect(machine.probeAnswered(isProbe: true) == .completeUpgrade)
        #expect(machine.probeAnswered(isProbe: true) == .closeProbe)
    }

    @Test func aProbeThatFailsLeavesThePolling() {
        var machine = polling(mayUpgrade: true)
        #expect(machine.probeAnswered(isProbe: false) == .closeProbe)
        #expect(machine.probeEnded() == .none)
        var pausing = polling(mayUpgrade: true)
        _ = pausing.beginPoll()
        _ = pausing.probeAnswered(isProbe: true)
        #expect(pausing.probeEnded() == .proceed)
        #expect(pausing.endPoll() == .proceed)
        let polls = pausing.beginPoll()
        #expect(polls)
    }

    @Test func theEndIsTheEnd() {
        var machine = polling(mayUpgrade: true)
        let first = machine.close()
        let second = machine.close()
        #expect(first && !second && machine.isClosed)
        let begun = machine.beginPoll()
        #expect(!begun)
        #expect(machine.endPoll() == .none && machine.probeEnded() == .none)
        #expect(machine.probeAnswered(isProbe: true) == .closeProbe)
        #expect(machine.transport == nil)
        #expect(machine.opened(pingInterval: 1, pingTimeout: 1, mayUpgrade: true, now: 0) == .none)
    }
}
