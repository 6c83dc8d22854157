/// How the packets of one polling body are told apart.
///
/// Source: Engine.IO protocol v4, "HTTP long-polling / Payload encoding"; v3, "Payload".
public enum PayloadForm: Sendable, Equatable, CaseIterable {
    /// Packets joined by 0x1E; a binary message is `b` and its base64.
    case v4
    /// `<length>:<packet>`, the length in UTF-16 code units; a binary message is `b4` and its base64.
    case v3Text
    /// 0 for text or 1 for binary, the length's digits as bytes of the values 0 to 9, 0xFF, the packet. Lengths
    /// count bytes; binary data follow a type byte.
    case v3Binary

    /// The form of a body from a client.
    ///
    /// - Parameters:
    ///   - version: the protocol revision that the client speaks.
    ///   - isBinary: whether its content type is `application/octet-stream`, of which v4 knows nothing.
    /// - Returns: nil when the version has no such body.
    public init?(_ version: ProtocolVersion, isBinary: Bool) {
        switch (version, isBinary) {
        case (.v4, false): self = .v4
        case (.v3, false): self = .v3Text
        case (.v3, true): self = .v3Binary
        case (.v4, true): return nil
        }
    }

    /// Whether the body as a whole is UTF-8 text.
    public var isText: Bool { self != .v3Binary }

    /// The content type of a body of this form.
    public var contentType: String {
        isText ? "text/plain; charset=UTF-8" : "application/octet-stream"
    }
}
