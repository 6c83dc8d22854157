/// Several values in one answer: the JavaScript client's callback gets them as several arguments.
///
/// ```swift
/// let pair = Event<String>("range").returning(Several<Int, Int>.self)
/// chat.on(pair) { _, _ in Several(1, 10) }
/// let (low, high) = try await socket.call(pair, "x").values
/// ```
public struct Several<each Value: Codable & Sendable>: Codable, Sendable, ArgumentList {
    /// The values.
    public let values: (repeat each Value)

    /// An answer of these values.
    public init(_ value: repeat each Value) {
        values = (repeat each value)
    }

    /// Takes the values from the elements of an array.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        values = (repeat try container.decode((each Value).self))
    }

    /// Encodes the values as an array.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        repeat try container.encode(each values)
    }

    package init(arguments: EventArguments) throws {
        values = try arguments.decode(repeat (each Value).self)
    }

    package func encodedArguments(_ coding: JSONCoding?) throws -> EncodedArguments {
        try EncodedArguments(coding: coding, repeat each values)
    }
}
