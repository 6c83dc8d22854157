/// Who may come back to a session; see ``Recovery``.
extension Namespace {
    /// Decides whether a client may go on with a session that it names: `before` is the state of the session's socket,
    /// `now` what the authenticator has made of the client that came.
    ///
    /// Without a rule whoever has the session's private id goes on with it: its id, its rooms, what it missed. That is
    /// the client itself, but perhaps another person by now, who signed in on the same page.
    ///
    /// ```swift
    /// chat.recovers { before, now in before.name == now.name }
    /// ```
    ///
    /// Who is not the same gets a new socket, and the session is over if its client was away. With a rule the
    /// authenticator always judges who comes back, whatever ``Recovery/rerunAuthentication`` says.
    @discardableResult
    public func recovers(
        if isSame: @escaping @Sendable (_ before: State, _ now: State) -> Bool
    ) -> Self {
        core.register { handlers in
            handlers.recovers = { before, socket in
                guard let state = before.state as? State else { return false }
                return isSame(state, Self.typed(socket).state)
            }
        }
        return self
    }
}
