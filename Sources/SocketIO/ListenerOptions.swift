/// How a listener is registered.
public struct ListenerOptions: Sendable {
    /// Whether it is called before those that are registered already.
    public var isPrepended: Bool
    /// How many of the event's calls of one socket may run at a time, beside the socket's other events.
    /// With 1 they take their turn among those.
    public var concurrency: Int
    /// Removes the listener, see ``Namespace/off(_:)-(ListenerToken)``.
    public var token: ListenerToken?

    /// By default: after the others, one call after the other, for good.
    public init(isPrepended: Bool = false, concurrency: Int = 1, token: ListenerToken? = nil) {
        self.isPrepended = isPrepended
        self.concurrency = max(1, concurrency)
        self.token = token
    }

    /// Before those that are registered already.
    public static let prepended = ListenerOptions(isPrepended: true)

    /// Up to `limit` calls of one socket at a time. Their acks may then leave in another order than their
    /// events came, and the socket's later events do not wait for them; its disconnect handlers do.
    public static func concurrent(limit: Int) -> ListenerOptions { ListenerOptions(concurrency: limit) }

    /// Removable.
    public static func removable(by token: ListenerToken) -> ListenerOptions { ListenerOptions(token: token) }
}
