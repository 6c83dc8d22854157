internal import EngineIOProtocol

/// A machine behind a reference, so that a test can ask it inside an expectation.
final class SessionUnderTest {
    private var machine: SessionStateMachine

    init(
        _ transport: TransportName = .polling, _ version: ProtocolVersion = .v4, now: Int64 = 0,
        timings: SessionTimings = SessionTimings()
    ) {
        machine = SessionStateMachine(transport: transport, version: version, timings: timings, now: now)
    }

    var transport: TransportName? { machine.transport }
    var isOpen: Bool { machine.isOpen }
    var nextDeadline: Int64? { machine.nextDeadline }

    func flush() -> SessionOrder.OnFlush { machine.flush() }
    func pollArrived() -> SessionOrder.OnPoll { machine.pollArrived() }
    func postBegan() -> SessionOrder.OnPostBegan { machine.postBegan() }
    func postEnded() { machine.postEnded() }
    func takePoll() -> Bool { machine.takePoll() }
    func probeEnded(now: Int64 = 0) { machine.probeEnded(now: now) }
    func setReading(_ reading: Bool, now: Int64) { machine.setReading(reading, now: now) }
    func abort() -> Bool { machine.abort() }
    func close(now: Int64) -> SessionOrder.OnClose { machine.close(now: now) }
    func timerFired(now: Int64, stalled: Int64 = 0) -> SessionOrder.OnTimer {
        machine.timerFired(now: now, stalled: stalled)
    }
    func probeArrived(now: Int64) -> SessionOrder.OnProbe { machine.probeArrived(now: now) }

    func received(_ type: EnginePacketType, now: Int64) -> SessionOrder.OnPacket {
        machine.received(type, now: now)
    }

    func probeReceived(_ type: EnginePacketType?, isProbe: Bool, now: Int64) -> SessionOrder.OnProbePacket {
        machine.probeReceived(type, isProbe: isProbe, now: now)
    }
}
