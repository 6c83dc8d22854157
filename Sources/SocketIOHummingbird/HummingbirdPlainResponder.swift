public import EngineIO
internal import HTTPTypes
public import Hummingbird
public import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// Lets a Hummingbird router answer the requests that are not Socket.IO's, on the same port.
///
/// ```swift
/// let router = Router()
/// router.get("hello") { _, _ in "hello" }
/// let listener = try await io.listen(port: 3000, plain: HummingbirdPlainResponder(router.buildResponder()))
/// ```
///
/// Sockets and pages share connections: a browser polls and fetches on the same one. The listener decides
/// request by request, so that a socket never costs a Hummingbird task.
public struct HummingbirdPlainResponder<Responder: HTTPResponder>: PlainRequestResponder
where Responder.Context: RequestContext, Responder.Context.Source == ApplicationRequestContextSource {
    private let responder: Responder
    private let logger: Logger

    /// Answers with `responder`, usually `router.buildResponder()`.
    public init(_ responder: Responder, logger: Logger = Logger(label: "http")) {
        self.responder = responder
        self.logger = logger
    }

    /// Passes the request on and writes what comes back.
    public func respond(to plain: PlainRequest, writer: PlainResponseWriter) async throws {
        let head: HTTPRequest
        do {
            head = try HTTPRequest(plain.head, secure: plain.isSecure, splitCookie: false)
        } catch {
            try await Self.writeEmpty(.badRequest, to: writer)
            return
        }
        let request = Request(head: head, body: RequestBody(asyncSequence: plain.body))
        let context = Responder.Context(
            source: ApplicationRequestContextSource(channel: plain.channel, logger: logger))
        let response: Response
        do {
            response = try await responder.respond(to: request, context: context)
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        var answer = HTTPResponseHead(response.head)
        if let length = response.body.contentLength, !answer.headers.contains(name: "content-length"),
            answer.status != .noContent, answer.status != .notModified
        {
            answer.headers.add(name: "Content-Length", value: String(length))
        }
        try await writer.write(head: answer)
        guard plain.head.method != .HEAD else {
            try await writer.writeEnd()
            return
        }
        try await response.body.write(BodyWriter(writer: writer))
    }

    private static func writeEmpty(
        _ status: HTTPResponseStatus, to writer: PlainResponseWriter
    ) async throws {
        try await writer.write(
            head: HTTPResponseHead(version: .http1_1, status: status, headers: ["Content-Length": "0"]))
        try await writer.writeEnd()
    }
}

/// Hands the pieces of a Hummingbird response on to the connection.
private struct BodyWriter: ResponseBodyWriter {
    let writer: PlainResponseWriter

    mutating func write(_ buffer: ByteBuffer) async throws {
        try await writer.write(body: buffer)
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await writer.writeEnd(trailers: trailingHeaders.map { HTTPHeaders($0) })
    }
}
