internal import NIOCore
internal import SocketIOEvents

/// States that expire, and how they are renewed while the socket is connected.
extension Namespace {
    /// Lets clients renew their state: an event of this name carries new credentials, in the form of the CONNECT
    /// payload, and the namespace's authenticator judges them. The state is replaced as a whole, the timer is set
    /// anew; handlers that run already go on with the state that they have read.
    ///
    /// The ack is `{"ok":true}`, or `{"ok":false,"message":...}` with the message of the `ConnectError`; who is
    /// refused stays until the old state expires.
    ///
    /// ```js
    /// socket.emit("refresh", { token: await freshToken() }, (answer) => { ... })
    /// ```
    @discardableResult
    public func refreshes(on event: String = "refresh") -> Self {
        on(raw: event) { socket, arguments in
            guard let credentials = arguments.firstObject else {
                return try EncodedArguments(RefreshAnswer(ok: false, message: "credentials are an object"))
            }
            do {
                try await socket.refresh(authJSON: credentials)
                return try EncodedArguments(RefreshAnswer(ok: true, message: nil))
            } catch let error as ConnectError {
                return try EncodedArguments(RefreshAnswer(ok: false, message: error.message))
            }
        }
    }

    /// Called some time before a socket's state expires, in turn with its events: to ask the client for new
    /// credentials, for example. A later registration replaces the first.
    @discardableResult
    public func onExpiring(
        before: Duration, _ handler: @escaping @Sendable (Socket<State>) async throws -> Void
    ) -> Self {
        core.register {
            $0.expiring = .init(before: TimeAmount(before)) { try await handler(Self.typed($0)) }
        }
        return self
    }
}

/// The ack of a renewal.
private struct RefreshAnswer: Codable, Sendable {
    let ok: Bool
    let message: String?
}
