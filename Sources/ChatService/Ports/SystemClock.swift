public import ChatDomain
internal import Glibc

/// The machine's wall clock.
public struct SystemClock: ChatClock {
    /// The machine's wall clock.
    public init() {}

    /// This moment, by `CLOCK_REALTIME`.
    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) &* 1_000 &+ Int64(time.tv_nsec) / 1_000_000)
    }
}
