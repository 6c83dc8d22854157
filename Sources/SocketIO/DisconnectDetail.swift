public import EngineIO
public import SocketIOProtocol

/// What exactly ended a socket's connection, where its `DisconnectReason`, in the reference's few words,
/// does not say it. For handlers, logs and metrics; nothing of what the client sent is in it.
public enum DisconnectDetail: Sendable, Hashable, CustomStringConvertible {
    /// The session below ended by this.
    case engine(CloseDetail)
    /// The client broke this rule of Socket.IO.
    case packet(SocketIOViolation)
    /// The attachments of a packet did not come in time.
    case attachmentsMissing

    /// One word of a fixed set, for metrics.
    public var code: String {
        switch self {
        case .engine(let detail): detail.code
        case .packet: "broken_rule"
        case .attachmentsMissing: "attachments_missing"
        }
    }

    /// The detail in words.
    public var description: String {
        switch self {
        case .engine(let detail): detail.description
        case .packet(let violation): violation.reason
        case .attachmentsMissing: "attachments did not come"
        }
    }
}
