/// How long an invitation lives and how many accounts it makes.
public struct InviteTerms: Hashable, Sendable {
    /// Hours until it expires.
    public let hours: Int
    /// Accounts that it makes.
    public let uses: Int

    /// Checks the terms; without a word an invitation lives a week and makes one account. Throws `InvalidValue` of
    /// the field `hours` or `uses`.
    public init(hours: Int? = nil, uses: Int? = nil) throws(InvalidValue) {
        self.hours = hours ?? 168
        self.uses = uses ?? 1
        guard Limits.inviteHours.contains(self.hours) else {
            throw InvalidValue(.hours, .outOfRange(Limits.inviteHours))
        }
        guard Limits.inviteUses.contains(self.uses) else {
            throw InvalidValue(.uses, .outOfRange(Limits.inviteUses))
        }
    }
}
