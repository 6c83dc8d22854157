/// What a socket presents when it joins its namespace: the JSON object that the server's middleware sees as
/// `handshake.auth`.
public struct Auth: Sendable {
    private let provide: @Sendable () async throws -> [UInt8]

    /// Nothing.
    public static let none = Auth { [] }

    private init(json: @escaping @Sendable () async throws -> [UInt8]) { provide = json }

    /// The same object each time.
    public init(_ value: some Encodable & Sendable) {
        provide = { try EncodedArguments(value).json }
    }

    /// Asked anew whenever the socket joins: for tokens that expire.
    ///
    /// When it throws, the socket does not join, and hears of it as of any failed attempt.
    public init<Value: Encodable & Sendable>(provider: @escaping @Sendable () async throws -> Value) {
        provide = { try EncodedArguments(try await provider()).json }
    }

    /// The object's text; empty for ``none``.
    func json() async throws -> [UInt8] {
        let json = try await provide()
        guard json.isEmpty || json.first == UInt8(ascii: "{") else { throw ClientError.invalidAuth }
        return json
    }

    /// The CONNECT payload: the object with the recovery's `pid` and `offset` in front.
    static func payload(_ json: [UInt8], pid: String?, offset: String?) -> [UInt8] {
        guard let pid else { return json }
        var payload = try? EncodedArguments(Recovery(pid: pid, offset: offset)).json
        guard json.count > 2 else { return payload ?? json }
        payload?.removeLast()
        payload?.append(UInt8(ascii: ","))
        payload?.append(contentsOf: json.dropFirst())
        return payload ?? json
    }

    private struct Recovery: Encodable {
        let pid: String
        let offset: String?
    }
}
