internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1

/// One polling request and the right to answer it, once.
///
/// The session answers from its own event loop; the answer hops to the connection's loop if that is another.
final class PollExchange: @unchecked Sendable {
    /// What an answer consists of.
    struct Answer: Sendable {
        var status: HTTPResponseStatus
        var contentType: String?
        var body = ByteBuffer()
        var keepAlive = true
        var headers: HTTPHeaders = [:]
        /// Whether only the length of the body is told.
        var omitsBody = false

        /// Whether nothing about it needs more than a type, a length and the body.
        var isUsual: Bool {
            status == .ok && headers.isEmpty && !omitsBody && body.readableBytes <= HTTPConnection.joined
        }
    }

    private let connection: HTTPConnection
    /// The session that holds the request; told when the connection ends before the answer.
    let session: EngineSession?
    /// The request; nil when it belongs to no engine.
    let request: EngineRequest?
    /// Whether the request opened the session.
    private let isInitial: Bool

    init(
        connection: HTTPConnection, session: EngineSession?, request: EngineRequest?, isInitial: Bool = false
    ) {
        self.connection = connection
        self.session = session
        self.request = request
        self.isInitial = isInitial
    }

    /// Cookie, CORS and other headers that the answer carries whatever it is.
    var headers: HTTPHeaders {
        request?.answerHeaders(opened: isInitial ? session?.id : nil) ?? [:]
    }

    /// Whether the request comes from a script and its form.
    var isJSONP: Bool { request?.jsonpIndex != nil }

    /// How the packets of the request's body are told apart; nil when the session's client may not send it.
    var bodyForm: PayloadForm? {
        guard let session else { return nil }
        let type = request?.head.headers.first(name: "content-type")
        return PayloadForm(session.protocolVersion, isBinary: type == "application/octet-stream")
    }

    /// Answers a GET with packets.
    ///
    /// - Parameter compress: whether one of the packets may be compressed.
    func respondPayload(_ payload: PayloadEncoder, compress: Bool = true) {
        var bytes = payload.bytes
        var answer = Answer(status: .ok, contentType: payload.form.contentType)
        if let index = request?.jsonpIndex {
            bytes = JSONP.script(bytes, index: index)
            answer.contentType = "text/javascript; charset=UTF-8"
            answer.headers.add(name: "X-Content-Type-Options", value: "nosniff")
        }
        if compress, let request, let compression = request.engine.configuration.httpCompression,
            let (body, encoding) = compression.compress(
                bytes, accepting: request.head.headers.first(name: "accept-encoding"))
        {
            bytes = body
            answer.headers.add(name: "Content-Encoding", value: encoding.rawValue)
        }
        answer.body = ByteBuffer(bytes: bytes)
        respond(answer)
    }

    /// Answers a POST.
    func respondOK() {
        respond(Answer(status: .ok, contentType: "text/html", body: ByteBuffer(string: "ok")))
    }

    /// Refuses the request with a JSON error.
    ///
    /// - Parameter cause: what a hook threw, for the application's log.
    func respond(_ error: RequestError, cause: (any Error)? = nil) {
        request?.report(error, error: cause)
        var headers: HTTPHeaders = [:]
        if case .unavailable(_, let seconds) = error {
            headers.add(name: "Retry-After", value: String(seconds))
        }
        respond(
            Answer(
                status: HTTPResponseStatus(statusCode: error.status), contentType: "application/json",
                body: ByteBuffer(bytes: error.json), headers: headers))
    }

    /// Answers with a bare status; the connection is closed afterwards, for its request was not read whole.
    func respond(_ status: HTTPResponseStatus) {
        respond(Answer(status: status, keepAlive: false))
    }

    /// Answers a CORS preflight; the headers say what is allowed.
    func respondPreflight() {
        let status = request?.engine.configuration.cors.optionsSuccessStatus ?? 204
        respond(Answer(status: HTTPResponseStatus(statusCode: status)))
    }

    /// Gives a middleware's answer.
    func respond(_ response: EngineResponse) {
        var headers = HTTPField.legal(response.headers)
        for name in ["Content-Length", "Transfer-Encoding", "Connection"] { headers.remove(name: name) }
        respond(
            Answer(
                status: response.status, body: response.body, headers: headers))
    }

    /// Answers.
    func respond(_ answer: Answer) {
        var answer = answer
        if request?.head.method == .HEAD { answer.omitsBody = true }
        connection.loop.run { [self, answer] in
            connection.respond(answer, to: self)
        }
    }

    /// The connection ended before the answer was given.
    func aborted() {
        guard let session else { return }
        session.loop.run { session.pollAborted(self) }
    }
}
