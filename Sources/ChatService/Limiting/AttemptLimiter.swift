public import ChatDomain
internal import Synchronization

/// Limits how often somebody tries passwords: per account, wherever the attempts come from, and per address, whatever
/// account they try. Bounded memory.
///
/// A wrong password costs a token of both; a right one gives back what it took, and clears the account's. So an
/// address behind which many people sit is not locked by their successes, and nobody clears an address by signing in
/// to an account of their own between guesses.
public final class AttemptLimiter: Sendable {
    private struct State: Sendable {
        var accounts: RateTable<Username>
        var addresses: RateTable<ClientAddress>
    }

    private let state: Mutex<State>

    /// A limiter that remembers at most `capacity` accounts and as many addresses at a time.
    public init(perAccount: Rate, perAddress: Rate, capacity: Int = 20_000) {
        self.state = Mutex(
            State(
                accounts: RateTable(perAccount, capacity: capacity),
                addresses: RateTable(perAddress, capacity: capacity)))
    }

    /// Lets an attempt through, or throws `rate` with the milliseconds to wait. Without a username only the address
    /// counts.
    public func admit(
        _ username: Username?, from address: ClientAddress, at now: Timestamp
    ) throws(ChatError) {
        let wait: Int64? = state.withLock { state in
            if let wait = state.addresses.take(address, at: now) { return wait }
            guard let username, let wait = state.accounts.take(username, at: now) else { return nil }
            state.addresses.giveBack(address)
            return wait
        }
        if let wait { throw .rate(after: wait) }
    }

    /// The attempt was neither right nor a guess.
    public func giveBack(_ username: Username, from address: ClientAddress) {
        state.withLock { state in
            state.accounts.giveBack(username)
            state.addresses.giveBack(address)
        }
    }

    /// The attempt was right.
    public func succeeded(_ username: Username?, from address: ClientAddress) {
        state.withLock { state in
            if let username { state.accounts.forget(username) }
            state.addresses.giveBack(address)
        }
    }
}
