/// What an authenticator returns whose answer does not hold for ever.
///
/// When the time is over the socket has to leave (`unauthorized`), unless it was given a new state before: see
/// ``Namespace/refreshes(on:)``, ``Namespace/onExpiring(before:_:)`` and ``Socket/refresh(_:expires:)``.
public struct Expiring<State: Sendable>: Sendable {
    /// The socket's state.
    public var state: State
    /// Until when it holds.
    public var expiry: Expiry

    /// A state that holds until then.
    public init(_ state: State, _ expiry: Expiry) {
        self.state = state
        self.expiry = expiry
    }
}
