/// An event's name, and where its arguments lie in the packet.
public struct EventView: Equatable, Sendable {
    /// The JSON token of the name: a string with its quotes, or an integer.
    public var nameToken: Range<Int>
    /// The name, decoded; an integer is named by its decimal digits, as in JavaScript.
    ///
    /// A lone surrogate, which JavaScript strings may hold and Swift strings may not, reads as U+FFFD.
    public var name: String
    /// The bytes from the first argument to the last, separated by commas; empty when there are none.
    public var arguments: Range<Int>
    /// How many arguments there are.
    public var argumentCount: Int

    /// Creates a view; the decoder is the one who does.
    public init(nameToken: Range<Int>, name: String, arguments: Range<Int>, argumentCount: Int) {
        self.nameToken = nameToken
        self.name = name
        self.arguments = arguments
        self.argumentCount = argumentCount
    }
}
