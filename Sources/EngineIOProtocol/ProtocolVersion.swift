/// A revision of the Engine.IO protocol, by the number that the query key `EIO` carries.
public enum ProtocolVersion: UInt8, Sendable, Equatable, CaseIterable {
    /// The clients of Socket.IO v1 and v2.
    case v3 = 3
    /// The clients of Socket.IO v3 and v4.
    case v4 = 4
}
