/// An event that is answered: its name, the type of the answer and the types of its arguments.
public struct Request<Reply: Codable & Sendable, each Argument: Codable & Sendable>: Sendable {
    /// The name on the wire.
    public let name: String

    /// The request with this name.
    public init(_ name: String) { self.name = name }
}
