/// What a client says in its CONNECT about the session that it lost, not believed yet.
public struct RecoveryClaim: Sendable, Equatable {
    /// The longest private id that is looked up; ours have 20 characters.
    public static let maxLength = 64

    /// What the client says it received last.
    public enum Offset: Sendable, Equatable {
        /// Nothing: clients leave the offset out until they have one.
        case none
        /// An offset such as some log writes.
        case at(RecoveryOffset)
        /// Anything else, such as the last argument of an event that had no offset.
        case foreign
    }

    /// The session's private id.
    public let pid: String
    /// The last packet.
    public let offset: Offset

    /// A claim of these values.
    public init(pid: String, offset: Offset) {
        self.pid = pid
        self.offset = offset
    }

    /// A claim; nil when nothing could come of it.
    ///
    /// - Parameters:
    ///   - pid: the private id that the client names.
    ///   - offset: nil when the client sent none.
    public init?(pid: String, offset: String?) {
        guard !pid.isEmpty, pid.utf8.count <= Self.maxLength else { return nil }
        self.pid = pid
        self.offset = offset.map { RecoveryOffset($0).map { .at($0) } ?? .foreign } ?? .none
    }
}
