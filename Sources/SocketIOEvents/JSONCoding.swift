public import FoundationEssentials

/// How arguments become JSON and back, where the defaults do not fit: dates, keys, numbers that are none.
///
/// ```swift
/// configuration.json = JSONCoding(
///     encoder: { $0.dateEncodingStrategy = .iso8601 }, decoder: { $0.dateDecodingStrategy = .iso8601 })
/// ```
///
/// Texts that are whole arguments never pass the coders: there is nothing to choose.
public final class JSONCoding: Sendable {
    let configureEncoder: @Sendable (JSONEncoder) -> Void
    let configureDecoder: @Sendable (JSONDecoder) -> Void

    /// Coders with these settings; called once for each argument.
    public init(
        encoder: @escaping @Sendable (JSONEncoder) -> Void = { _ in },
        decoder: @escaping @Sendable (JSONDecoder) -> Void = { _ in }
    ) {
        configureEncoder = encoder
        configureDecoder = decoder
    }

    /// Decodes one value.
    package func decode<Value: Decodable>(_ type: Value.Type, from json: [UInt8]) throws -> Value {
        let decoder = JSONDecoder()
        configureDecoder(decoder)
        return try decoder.decode(type, from: Data(json))
    }
}
