internal import ChatDomain

/// An ack that says yes: `ok` beside the fields of its body.
struct Accepted<Body: Encodable & Sendable>: Encodable, Sendable {
    let body: Body

    private enum Keys: String, CodingKey { case ok }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(true, forKey: .ok)
        try body.encode(to: encoder)
    }
}

/// A body without fields.
struct Nothing: Codable, Sendable {}

/// An ack that says no, and why.
struct Refused: Encodable, Sendable {
    let ok = false
    let code: String
    let message: String
    let retry: Bool
    let after: Int64?

    init(_ error: ChatError) {
        code = error.code.rawValue
        message = error.message
        retry = error.retryable
        after = error.after
    }
}

/// The body of an HTTP error.
struct ErrorBody: Encodable, Sendable {
    struct Content: Encodable, Sendable {
        let code: String
        let message: String
        let retryable: Bool
        let after: Int64?
    }

    let error: Content

    init(_ error: ChatError) {
        self.error = Content(
            code: error.code.rawValue, message: error.message, retryable: error.retryable, after: error.after)
    }
}
