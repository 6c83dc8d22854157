public import ChatDomain

/// A request of this server to another one, whose address somebody else named.
public struct OutboundRequest: Sendable {
    /// What is asked.
    public enum Method: String, Sendable {
        /// Reads.
        case get = "GET"
        /// Writes.
        case post = "POST"
    }

    /// What is asked.
    public var method: Method
    /// Where.
    public var url: WebURL
    /// Fields of the head, beside those that the client sets.
    public var headers: [(name: String, value: String)]
    /// What is sent.
    public var body: [UInt8]
    /// How many bytes of the answer are read.
    public var answerLimit: Int
    /// Milliseconds from beginning to end, redirects and all.
    public var timeout: Int64
    /// How many redirects are followed; with none of them a redirect is an answer like others.
    public var redirects: Int

    /// A request.
    public init(
        _ method: Method, _ url: WebURL, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        answerLimit: Int, timeout: Int64, redirects: Int = 0
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.answerLimit = answerLimit
        self.timeout = timeout
        self.redirects = redirects
    }
}

/// The answer of another server.
public struct OutboundResponse: Sendable {
    /// The status.
    public var status: Int
    /// The fields of its head.
    public var headers: [(name: String, value: String)]
    /// As much of the body as was wanted.
    public var body: [UInt8]
    /// Whether there would have been more.
    public var isCut: Bool
    /// Who answered, after redirects.
    public var url: WebURL

    /// A response.
    public init(
        status: Int, headers: [(name: String, value: String)], body: [UInt8], isCut: Bool, url: WebURL
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isCut = isCut
        self.url = url
    }

    /// The first field of this name, in whatever case.
    public subscript(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// What came of a request to another server.
public enum OutboundAnswer: Sendable {
    /// It answered.
    case answered(OutboundResponse)
    /// There was no answer; the reason is a sentence for a person.
    case failed(String)
    /// The address may not be reached from here; the reason is a sentence for a person.
    case refused(String)
}

/// Asks other servers. Where a request may go is its affair: what somebody wrote into a message or a setting must not reach
/// what only this machine can see.
public protocol OutboundClient: Sendable {
    /// Sends a request and waits for the answer, no longer than the request says.
    func send(_ request: OutboundRequest) async -> OutboundAnswer
}
