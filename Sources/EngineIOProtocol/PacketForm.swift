/// How packets look on one transport of one client.
///
/// | form | WebSocket | polling body |
/// |---|---|---|
/// | `v4` | binary messages as they are | joined by 0x1E, binary as `b` and base64 |
/// | `v3` | a type byte before binary data | `<length>:<packet>`, or the binary form when it holds binary data |
/// | `v3Base64` | binary as `b4` and base64, in text frames | `<length>:<packet>`, binary as `b4` and base64 |
///
/// Source: Engine.IO protocol v3 and v4, "Encoding".
public enum PacketForm: Sendable, Equatable, CaseIterable {
    case v4
    case v3
    /// A v3 client that cannot take binary data: it said `b64=1`.
    case v3Base64

    /// The form for a client of this version.
    ///
    /// - Parameters:
    ///   - version: the protocol revision that the client speaks.
    ///   - base64: whether it asked for base64; of v3 clients only.
    public init(_ version: ProtocolVersion, base64: Bool) {
        switch version {
        case .v4: self = .v4
        case .v3: self = base64 ? .v3Base64 : .v3
        }
    }

    /// The revision that the form belongs to.
    @inlinable
    public var version: ProtocolVersion {
        switch self {
        case .v4: .v4
        case .v3, .v3Base64: .v3
        }
    }

    /// The form of a polling body that goes to the client.
    ///
    /// - Parameter holdsBinary: whether one of its packets is binary.
    public func payload(holdsBinary: Bool) -> PayloadForm {
        switch self {
        case .v4: .v4
        case .v3: holdsBinary ? .v3Binary : .v3Text
        case .v3Base64: .v3Text
        }
    }
}
