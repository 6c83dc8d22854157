internal import EngineIOProtocol

/// Every state that a session's machine can be in, reached the way a session reaches it.
///
/// The durations are short and all different, so that a deadline tells which of them it came from.
enum MachineState: String, CaseIterable, Sendable {
    case polling, held, body, pinged, probing, probingHeld, answered, answeredHeld
    case webSocket, webSocketPinged, closing, closed

    static let timings = SessionTimings(
        pingInterval: .milliseconds(100), pingTimeout: .milliseconds(50), upgradeTimeout: .milliseconds(70),
        noopInterval: .milliseconds(10), closeTimeout: .milliseconds(30))

    /// The time at which the tables let their events happen.
    var now: Int64 {
        switch self {
        case .pinged, .webSocketPinged: 120
        default: 20
        }
    }

    /// A machine in this state; it was opened at 0.
    ///
    /// In `pinged` and `webSocketPinged` the side that pings did so at 100.
    func make(_ version: ProtocolVersion = .v4) -> SessionStateMachine {
        var machine = SessionStateMachine(
            transport: self == .webSocket || self == .webSocketPinged ? .websocket : .polling,
            version: version, timings: Self.timings, now: 0)
        switch self {
        case .polling, .webSocket: break
        case .held: _ = machine.pollArrived()
        case .body: _ = machine.postBegan()
        case .pinged, .webSocketPinged:
            switch version {
            case .v4: _ = machine.timerFired(now: 100)
            case .v3: _ = machine.received(.ping, now: 100)
            }
        case .probing: _ = machine.probeArrived(now: 0)
        case .probingHeld:
            _ = machine.pollArrived()
            _ = machine.probeArrived(now: 0)
        case .answered:
            _ = machine.probeArrived(now: 0)
            _ = machine.probeReceived(.ping, isProbe: true, now: 0)
        case .answeredHeld:
            _ = machine.probeArrived(now: 0)
            _ = machine.probeReceived(.ping, isProbe: true, now: 0)
            _ = machine.pollArrived()
        case .closing: _ = machine.close(now: 0)
        case .closed: _ = machine.abort()
        }
        return machine
    }
}
