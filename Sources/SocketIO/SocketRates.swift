internal import SocketIOProtocol

/// What one socket may still send; made at its first event if rates are configured.
struct SocketRates {
    enum OnEvent: Equatable {
        case deliver
        /// Drop it; it is the `inARow`th since one was delivered.
        case drop(inARow: Int)
        /// Drop it and close the connection.
        case close
    }

    private let rate: EventRate
    private var common: TokenBucket?
    /// At most as many as the configuration names.
    private var own: [String: TokenBucket] = [:]
    private var inARow = 0
    private(set) var dropped = 0

    init(_ rate: EventRate, now: Int64) {
        self.rate = rate
        common = rate.limit.map { TokenBucket($0, now: now) }
    }

    mutating func received(_ event: String, now: Int64) -> OnEvent {
        let mayPass: Bool
        if let limit = rate.events[event] {
            mayPass = own[event, default: TokenBucket(limit, now: now)].take(now: now)
        } else {
            mayPass = common?.take(now: now) ?? true
        }
        guard !mayPass else {
            inARow = 0
            return .deliver
        }
        inARow += 1
        dropped += 1
        if let most = rate.disconnectAfter, inARow >= most { return .close }
        return .drop(inARow: inARow)
    }
}
