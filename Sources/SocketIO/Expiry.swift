internal import FoundationEssentials
internal import NIOCore

/// Until when what an authenticator found out holds.
public enum Expiry: Sendable, Equatable {
    /// As long as the socket is connected.
    case never
    /// So long from now.
    case after(Duration)
    /// Until this time of the wall clock, in seconds since 1970: the `exp` of a JSON web token.
    case at(_ unixSeconds: Double)

    /// The farthest that deadlines reach: a hundred years.
    private static let farthest = TimeAmount.hours(100 * 366 * 24)

    /// The deadline on an event loop's clock; nil for never.
    func deadline(now: NIODeadline, unixTime: @Sendable () -> Double) -> NIODeadline? {
        switch self {
        case .never: return nil
        case .after(let amount): return now + min(max(TimeAmount(amount), .zero), Self.farthest)
        case .at(let seconds):
            let left = seconds - unixTime()
            // Compared before it is converted: a token may claim anything, even not to be a number.
            guard left > 0 else { return now }
            guard left < Double(Self.farthest.nanoseconds) / 1e9 else { return now + Self.farthest }
            return now + .milliseconds(Int64(left * 1_000))
        }
    }

    /// The system's wall clock, in seconds since 1970.
    static func systemTime() -> Double { Date().timeIntervalSince1970 }
}
