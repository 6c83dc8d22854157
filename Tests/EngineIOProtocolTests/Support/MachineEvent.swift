internal import EngineIOProtocol

/// Everything that can happen to a session's machine.
enum MachineEvent: String, CaseIterable, Sendable {
    case flush, pollArrived, postBegan, postEnded, takePoll
    case open, close, ping, pong, message, upgrade, noop
    case probeArrived, probePing, probePlainPing, probeUpgrade, probeMessage, probeBinary, probeEnded
    case timerEarly, timerAtNoop, timerLate
    case closeOrder, abort

    /// Lets it happen.
    ///
    /// - Returns: the machine's answer in words.
    func happen(to machine: inout SessionStateMachine, now: Int64) -> String {
        Self.words(answer(of: &machine, now: now))
    }

    /// An answer without the names of the types that its values have.
    static func words(_ answer: String) -> String {
        answer.split(separator: "EngineIOProtocol.CloseReason.").joined()
    }

    private func answer(of machine: inout SessionStateMachine, now: Int64) -> String {
        switch self {
        case .flush: "\(machine.flush())"
        case .pollArrived: "\(machine.pollArrived())"
        case .postBegan: "\(machine.postBegan())"
        case .postEnded: "\(machine.postEnded())"
        case .takePoll: "\(machine.takePoll())"
        case .open: "\(machine.received(.open, now: now))"
        case .close: "\(machine.received(.close, now: now))"
        case .ping: "\(machine.received(.ping, now: now))"
        case .pong: "\(machine.received(.pong, now: now))"
        case .message: "\(machine.received(.message, now: now))"
        case .upgrade: "\(machine.received(.upgrade, now: now))"
        case .noop: "\(machine.received(.noop, now: now))"
        case .probeArrived: "\(machine.probeArrived(now: now))"
        case .probePing: "\(machine.probeReceived(.ping, isProbe: true, now: now))"
        case .probePlainPing: "\(machine.probeReceived(.ping, isProbe: false, now: now))"
        case .probeUpgrade: "\(machine.probeReceived(.upgrade, isProbe: false, now: now))"
        case .probeMessage: "\(machine.probeReceived(.message, isProbe: false, now: now))"
        case .probeBinary: "\(machine.probeReceived(nil, isProbe: false, now: now))"
        case .probeEnded: "\(machine.probeEnded(now: now))"
        case .timerEarly: "\(machine.timerFired(now: 5))"
        case .timerAtNoop: "\(machine.timerFired(now: 10))"
        case .timerLate: "\(machine.timerFired(now: 10_000))"
        case .closeOrder: "\(machine.close(now: now))"
        case .abort: "\(machine.abort())"
        }
    }
}
