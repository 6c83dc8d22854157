/// How often people may do things.
public struct RateLimits: Hashable, Sendable {
    /// Messages of one person.
    public var sends: Rate
    /// Everything else of one person that writes or searches.
    public var actions: Rate
    /// Requests of one account to the interface for programs, whatever they ask.
    public var requests: Rate
    /// Wrong passwords for one account.
    public var attemptsPerAccount: Rate
    /// Wrong passwords, and new accounts, from one address.
    public var attemptsPerAddress: Rate
    /// Codes of an authenticator, by who knows the password: six digits are few.
    public var codesPerAccount: Rate

    /// Limits; without a word the ones that suit a server of people.
    public init(
        sends: Rate = Rate(perSecond: 10, burst: 30),
        actions: Rate = Rate(perSecond: 20, burst: 200),
        requests: Rate = Rate(perSecond: 50, burst: 300),
        attemptsPerAccount: Rate = Rate(perSecond: 1.0 / 30, burst: 10),
        attemptsPerAddress: Rate = Rate(perSecond: 0.5, burst: 60),
        codesPerAccount: Rate = Rate(perSecond: 1.0 / 300, burst: 5)
    ) {
        self.sends = sends
        self.actions = actions
        self.requests = requests
        self.attemptsPerAccount = attemptsPerAccount
        self.attemptsPerAddress = attemptsPerAddress
        self.codesPerAccount = codesPerAccount
    }

    /// The same with everything that people may do `factor` times as often. What guards passwords and codes stays.
    public func scaled(by factor: Int) -> RateLimits {
        func scaled(_ rate: Rate) -> Rate {
            let burst = rate.burst.multipliedReportingOverflow(by: factor)
            return Rate(
                perSecond: rate.perSecond * Double(factor), burst: burst.overflow ? .max : burst.partialValue)
        }
        var limits = self
        limits.sends = scaled(sends)
        limits.actions = scaled(actions)
        limits.requests = scaled(requests)
        return limits
    }

    /// Practically none: for load tests.
    public static let none = RateLimits(
        sends: Rate(perSecond: 1_000_000, burst: 1_000_000),
        actions: Rate(perSecond: 1_000_000, burst: 1_000_000),
        requests: Rate(perSecond: 1_000_000, burst: 1_000_000),
        attemptsPerAccount: Rate(perSecond: 1_000_000, burst: 1_000_000),
        attemptsPerAddress: Rate(perSecond: 1_000_000, burst: 1_000_000),
        codesPerAccount: Rate(perSecond: 1_000_000, burst: 1_000_000))
}
