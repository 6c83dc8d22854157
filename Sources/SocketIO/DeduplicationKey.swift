internal import FoundationEssentials

/// Where in an event's arguments the text is that stays the same when a client sends the event again.
public struct DeduplicationKey: Sendable {
    let read: @Sendable (EventArguments) -> String?

    /// The text that `read` finds; an event without one is never taken for a repetition.
    public init(_ read: @escaping @Sendable (EventArguments) -> String?) {
        self.read = read
    }

    /// The first argument, a text or a whole number.
    public static let firstArgument = Self { arguments in
        (try? arguments.decode(Scalar.self))?.text
    }

    /// A field of the first argument, an object: a text or a whole number.
    public static func field(_ name: String) -> Self {
        Self { arguments in (try? arguments.decode([String: Field].self))?[name]?.scalar?.text }
    }

    /// A text or a whole number; told apart, so that `1` is not `"1"`.
    private struct Scalar: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = "\"" + text
            } else {
                text = "\(try container.decode(Int64.self))"
            }
        }
    }

    /// Any field; only scalars are of interest.
    private struct Field: Decodable {
        let scalar: Scalar?

        init(from decoder: any Decoder) throws { scalar = try? Scalar(from: decoder) }
    }
}
