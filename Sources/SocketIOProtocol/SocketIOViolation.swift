/// A rule of the Socket.IO protocol that the peer broke; each of them closes the engine connection.
///
/// Where a rule is ours and not the reference's, the case says so.
public enum SocketIOViolation: Error, Equatable, Sendable, CaseIterable {
    // The packet's header.
    /// A message without a packet in it.
    case emptyPacket
    /// The first byte is not one of `0` to `6`.
    case unknownPacketType
    /// A binary packet whose number of attachments is missing or not followed by `-` (ours: digits only).
    case illegalAttachmentCount
    /// More attachments than `ParserLimits.maxAttachments`.
    case tooManyAttachments
    /// Ours: a namespace longer than `ParserLimits.maxNamespaceLength`.
    case namespaceTooLong
    /// Ours: an ack id above 2^53 - 1, which the reference would echo as another number.
    case ackIDTooLarge
    /// Ours: an ACK that does not say what it answers.
    case missingAckID
    /// Ours: an ack id on a packet that nobody answers.
    case unexpectedAckID

    // The packet's payload.
    /// An event or ack without a payload.
    case missingPayload
    /// A DISCONNECT with a payload.
    case unexpectedPayload
    /// A payload that is not of its packet type's kind, for example a CONNECT with an array.
    case wrongPayloadKind
    /// The payload is no JSON (RFC 8259).
    case malformedJSON
    /// Ours: the payload is nested deeper than `ParserLimits.maxJSONDepth`.
    case jsonTooDeep
    /// Something follows the JSON value.
    case trailingBytes
    /// Ours: more arguments than `ParserLimits.maxArguments`.
    case tooManyArguments

    /// The message is none of `socket.io-msgpack-parser`.
    case malformedMessagePack

    // The event's name and the placeholders.
    /// An event with an empty array.
    case missingEventName
    /// An event name that is neither a string nor an integer of at most 2^53 - 1.
    case illegalEventName
    /// An event name that only the library itself may use.
    case reservedEventName
    /// A placeholder whose `num` is no index of an attachment (CVE-2022-2421).
    case illegalPlaceholder

    // The attachments.
    /// A text packet where an attachment was due.
    case textWhileAttachmentsPending
    /// A binary message that no packet announced.
    case unexpectedBinary
    /// Ours: attachments larger than `ParserLimits.maxAttachmentBytes`.
    case attachmentsTooLarge

    // The namespaces.
    /// A CONNECT to a namespace that is joined or being joined.
    case alreadyConnected
    /// An EVENT, ACK or DISCONNECT for a namespace that is not joined.
    case notConnected
    /// A CONNECT_ERROR, which only servers send.
    case connectErrorFromClient
    /// Ours: more namespaces than `ParserLimits.maxNamespaces`.
    case tooManyNamespaces

    /// What the sockets of the connection are told.
    ///
    /// As the reference has it: a packet that cannot be decoded ends the connection with `forced close`, a
    /// packet in the wrong place with `forced server close`.
    public var disconnectReason: DisconnectReason {
        switch self {
        case .emptyPacket, .unknownPacketType, .illegalAttachmentCount, .tooManyAttachments,
            .namespaceTooLong,
            .ackIDTooLarge, .missingAckID, .unexpectedAckID, .missingPayload, .unexpectedPayload,
            .wrongPayloadKind, .malformedMessagePack, .malformedJSON, .jsonTooDeep, .trailingBytes,
            .tooManyArguments,
            .missingEventName, .illegalEventName, .reservedEventName, .illegalPlaceholder,
            .textWhileAttachmentsPending, .unexpectedBinary, .attachmentsTooLarge:
            .forcedClose
        case .alreadyConnected, .notConnected, .connectErrorFromClient, .tooManyNamespaces:
            .forcedServerClose
        }
    }
}
