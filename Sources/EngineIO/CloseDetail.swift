public import EngineIOProtocol
public import WebSocketProtocol

/// What exactly ended a session, where its `CloseReason`, in the reference's few words, does not say it.
///
/// For handlers, logs and metrics; nothing of what the peer sent is in it.
public indirect enum CloseDetail: Sendable, Hashable, CustomStringConvertible {
    /// A WebSocket message larger than ``EngineConfiguration/maxPayload``.
    ///
    /// - Parameter size: bytes of the frame that was too much; nil where that was not known when it was refused.
    case messageTooBig(limit: Int, size: Int?)
    /// Another rule of WebSocket frames was broken.
    case frame(WebSocketViolation)
    /// What was no Engine.IO packet.
    case packet(EngineViolation)
    /// The client sent a close packet.
    case closePacket
    /// The client sent a close frame, with this code if any.
    case closeFrame(code: UInt16?)
    /// The connection ended without a word.
    case connectionLost
    /// The network under the connection failed.
    case connectionFailed
    /// The connection of a held poll ended.
    case pollAborted
    /// The connection ended in the middle of a POST's body.
    case bodyAborted
    /// A second poll came while one was held.
    case overlappingPolls
    /// A second POST came while one was being read.
    case overlappingPosts
    /// More waited for the client than ``EngineConfiguration/maxOutboxBytes`` or
    /// ``EngineConfiguration/maxOutboxPackets``.
    case outboxFull(bytes: Int, packets: Int)
    /// The connection took no bytes for too long.
    case stalled

    /// One word of a fixed set, for metrics.
    public var code: String {
        switch self {
        case .messageTooBig: "message_too_big"
        case .frame: "invalid_frame"
        case .packet: "invalid_packet"
        case .closePacket: "close_packet"
        case .closeFrame: "close_frame"
        case .connectionLost: "connection_lost"
        case .connectionFailed: "connection_failed"
        case .pollAborted: "poll_aborted"
        case .bodyAborted: "body_aborted"
        case .overlappingPolls: "overlapping_polls"
        case .overlappingPosts: "overlapping_posts"
        case .outboxFull: "outbox_full"
        case .stalled: "stalled"
        }
    }

    /// The detail in words.
    public var description: String {
        switch self {
        case .messageTooBig(let limit, nil): "message larger than \(limit) bytes"
        case .messageTooBig(let limit, let size?): "message of \(size) bytes or more, larger than \(limit)"
        case .frame(let violation): violation.reason
        case .packet(let violation): "no engine packet: \(violation.reason)"
        case .closePacket: "close packet"
        case .closeFrame(nil): "close frame"
        case .closeFrame(let code?): "close frame with code \(code)"
        case .connectionLost: "connection ended"
        case .connectionFailed: "connection failed"
        case .pollAborted: "connection of a poll ended"
        case .bodyAborted: "connection ended in a body"
        case .overlappingPolls: "two polls at once"
        case .overlappingPosts: "two bodies at once"
        case .outboxFull(let bytes, let packets): "\(packets) packets of \(bytes) bytes wait"
        case .stalled: "connection takes no bytes"
        }
    }
}
