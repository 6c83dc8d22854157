/// The name of a set of sockets. Every socket is alone in the room of its own id.
public struct Room: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral,
    ExpressibleByStringInterpolation
{
    /// The room's name.
    public let name: String

    /// The room with this name.
    public init(_ name: String) { self.name = name }

    /// The room that only the socket with this id is in.
    public init(_ id: SocketID) { name = id.description }

    /// The room with this name.
    public init(stringLiteral name: String) { self.name = name }

    public var description: String { name }
}
