/// What a frame carries (RFC 6455 section 5.2); 3...7 and 11...15 are reserved and have no case.
@frozen
public enum Opcode: UInt8, Sendable, CaseIterable {
    /// The next fragment of the message that an earlier text or binary frame began.
    case continuation = 0
    /// The first or only frame of a UTF-8 message.
    case text = 1
    /// The first or only frame of a message of arbitrary bytes.
    case binary = 2
    /// The closing handshake; see ``ClosePayload``.
    case close = 8
    /// Asks for a pong with the same payload.
    case ping = 9
    /// Answers a ping, or comes unasked.
    case pong = 10

    /// Close, ping and pong: at most 125 bytes, never fragmented, allowed between the fragments of a message
    /// (RFC 6455 section 5.5).
    @inlinable
    public var isControl: Bool { self.rawValue & 0b1000 != 0 }
}
