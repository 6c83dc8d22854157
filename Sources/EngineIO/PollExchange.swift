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
        var body: [UInt8]
        var keepAlive = true
    }

    private let connection: HTTPConnection
    /// The session that holds the request; told when the connection ends before the answer.
    let session: EngineSession?
    /// CORS and other headers that every answer to this request carries.
    private let headers: HTTPHeaders

    init(connection: HTTPConnection, session: EngineSession?, headers: HTTPHeaders) {
        self.connection = connection
        self.session = session
        self.headers = headers
    }

    /// Answers a GET with packets.
    func respondPayload(_ payload: [UInt8]) {
        respond(Answer(status: .ok, contentType: "text/plain; charset=UTF-8", body: payload))
    }

    /// Answers a POST.
    func respondOK() {
        respond(Answer(status: .ok, contentType: "text/html", body: [0x6F, 0x6B]))
    }

    /// Refuses the request with a JSON error.
    func respond(_ error: RequestError) {
        respond(
            Answer(
                status: HTTPResponseStatus(statusCode: error.status), contentType: "application/json",
                body: error.json))
    }

    /// Answers with a bare status; the connection is closed afterwards, for its request was not read whole.
    func respond(_ status: HTTPResponseStatus) {
        respond(Answer(status: status, contentType: nil, body: [], keepAlive: false))
    }

    /// Answers a CORS preflight; the headers say what is allowed.
    func respondPreflight() {
        respond(Answer(status: .noContent, contentType: nil, body: []))
    }

    private func respond(_ answer: Answer) {
        connection.loop.run { [self] in
            connection.respond(answer, to: self, headers: headers)
        }
    }

    /// The connection ended before the answer was given.
    func aborted() {
        guard let session else { return }
        session.loop.run { session.pollAborted(self) }
    }
}
