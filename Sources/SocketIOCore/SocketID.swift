/// The public id of one socket in one namespace: 20 characters of `A-Z a-z 0-9 _ -`.
///
/// It is not the engine's sid, which is a secret of the connection; with the one exception of clients of
/// Socket.IO v2 (`V2SocketIDs.sessionID`), whose ids start with their namespace outside the root.
public struct SocketID: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// The id with this text.
    public init(_ text: String) { description = text }
}
