extension SocketIOViolation: CustomStringConvertible {
    /// The broken rule in words, for the log; it never quotes the peer.
    public var reason: String {
        switch self {
        case .emptyPacket: "empty packet"
        case .unknownPacketType: "unknown packet type"
        case .illegalAttachmentCount: "illegal number of attachments"
        case .tooManyAttachments: "too many attachments"
        case .namespaceTooLong: "namespace too long"
        case .ackIDTooLarge: "ack id too large"
        case .missingAckID: "ack without an id"
        case .unexpectedAckID: "ack id on a packet that takes none"
        case .missingPayload: "missing payload"
        case .unexpectedPayload: "unexpected payload"
        case .wrongPayloadKind: "payload of the wrong kind"
        case .malformedJSON: "malformed JSON"
        case .malformedMessagePack: "malformed MessagePack packet"
        case .jsonTooDeep: "JSON nested too deep"
        case .trailingBytes: "bytes after the JSON value"
        case .tooManyArguments: "too many arguments"
        case .missingEventName: "event without a name"
        case .illegalEventName: "event name is neither a string nor an integer"
        case .reservedEventName: "reserved event name"
        case .illegalPlaceholder: "illegal attachment placeholder"
        case .textWhileAttachmentsPending: "text while attachments are pending"
        case .unexpectedBinary: "binary message without a pending packet"
        case .attachmentsTooLarge: "attachments too large"
        case .alreadyConnected: "second connect to a namespace"
        case .notConnected: "packet for a namespace that is not joined"
        case .connectErrorFromClient: "connect error from a client"
        case .tooManyNamespaces: "too many namespaces"
        }
    }

    /// The same as `reason`.
    public var description: String { self.reason }
}
