/// What ``MessageAssembler`` orders for a frame's payload.
@frozen
public enum OnFrame: Equatable, Sendable {
    /// The payload is a whole message: nothing needs to be collected or copied.
    case message(MessageKind)
    /// The payload begins a message of this kind: start to collect.
    case firstFragment(MessageKind)
    /// The payload continues the open message.
    case fragment
    /// The payload ends the open message of this kind.
    case lastFragment(MessageKind)
    /// Answer with a pong that carries the same payload.
    case ping
    /// The peer is alive.
    case pong
    /// Read the payload with ``ClosePayload/parse(_:)``, answer with a close, read no further.
    case close
}
