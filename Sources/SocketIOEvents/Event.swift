/// An event as a value: its name and the types of its arguments.
///
/// The arguments are positional, as in JavaScript: `Event<String, Int>("move")` stands for
/// `socket.emit("move", "north", 3)`. Missing arguments at the end decode as nil where the type is optional,
/// further ones are ignored.
public struct Event<each Argument: Codable & Sendable>: Sendable {
    /// The name on the wire.
    public let name: String

    /// The event with this name. A reserved name such as `connect` is refused when it is used.
    public init(_ name: String) { self.name = name }

    /// The event with this name and arguments of these types; `Event("refresh")` has none.
    ///
    /// The other spelling of `Event<String, Int>("move")`: `Event("move", String.self, Int.self)`.
    public init(_ name: String, _ argument: repeat (each Argument).Type) { self.name = name }

    /// The same event with an answer: its ack carries one value of this type.
    public func returning<Reply: Codable & Sendable>(_ type: Reply.Type) -> Request<
        Reply, repeat each Argument
    > {
        Request(name)
    }
}
