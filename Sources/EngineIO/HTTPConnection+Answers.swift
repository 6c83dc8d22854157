internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1

/// Writes answers, and settles what becomes of the connection.
extension HTTPConnection {
    /// Refuses a request that came whole: an upgrade in plain HTTP, others in JSON.
    func refuse(_ error: RequestError, _ request: EngineRequest, cause: (any Error)? = nil) {
        guard request.isUpgrade else {
            makeExchange(request).respond(error, cause: cause)
            return
        }
        request.report(error, error: cause)
        var headers: HTTPHeaders = [:]
        if case .unavailable(_, let seconds) = error {
            headers.add(name: "Retry-After", value: String(seconds))
        }
        refuseUpgrade(error.message, status: error.upgradeStatus, headers: headers)
    }

    /// Answers an upgrade with a text, and closes.
    func refuseUpgrade(_ message: String, status: Int = 400, headers: HTTPHeaders = [:]) {
        var headers = headers
        headers.add(name: "Content-Type", value: "text/html")
        if status == 426 { headers.add(name: "Sec-WebSocket-Version", value: "13") }
        endUpgrade(HTTPResponseStatus(statusCode: status), headers, body: ByteBuffer(string: message))
    }

    /// Gives a middleware's answer to an upgrade, and closes.
    func answerUpgrade(_ response: EngineResponse) {
        var headers = HTTPField.legal(response.headers)
        for name in ["Content-Length", "Transfer-Encoding", "Connection"] { headers.remove(name: name) }
        endUpgrade(response.status, headers, body: response.body)
    }

    private func endUpgrade(_ status: HTTPResponseStatus, _ headers: HTTPHeaders, body: ByteBuffer) {
        guard let context else { return }
        phase = .ended
        var headers = headers
        headers.add(name: "Connection", value: "close")
        headers.add(name: "Content-Length", value: String(body.readableBytes))
        write(status, headers, body: body, context: context)
        context.flush()
        context.close(promise: nil)
    }

    /// Writes an answer that is there as a whole. To be flushed.
    private func write(
        _ status: HTTPResponseStatus, _ headers: HTTPHeaders, body: ByteBuffer, context: ChannelHandlerContext
    ) {
        guard !isStream else {
            let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
            context.write(NIOAny(HTTPServerResponsePart.head(head)), promise: nil)
            if body.readableBytes > 0 {
                context.write(NIOAny(HTTPServerResponsePart.body(.byteBuffer(body))), promise: nil)
            }
            context.write(NIOAny(HTTPServerResponsePart.end(nil)), promise: nil)
            return
        }
        // Both in one buffer, while that costs less than another one for the system.
        let joins = body.readableBytes <= Self.joined
        var buffer = context.channel.allocator.buffer(
            capacity: Self.headRoom + (joins ? body.readableBytes : 0))
        buffer.writeAnswerHead(status, headers)
        if joins {
            buffer.writeImmutableBuffer(body)
            context.write(NIOAny(buffer), promise: nil)
        } else {
            context.write(NIOAny(buffer), promise: nil)
            context.write(NIOAny(body), promise: nil)
        }
    }

    /// What nearly all polls and posts are answered with: the same bytes as the long way round, see
    /// ``EngineRequest/hasUsualHeaders``.
    private func writeUsual(_ body: ByteBuffer, type: String, context: ChannelHandlerContext) {
        var buffer = context.channel.allocator.buffer(capacity: 128 + body.readableBytes)
        buffer.writeStaticString("HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Type: ")
        buffer.writeString(type)
        buffer.writeStaticString("\r\nContent-Length: ")
        buffer.writeString(String(body.readableBytes))
        buffer.writeStaticString("\r\n\r\n")
        buffer.writeImmutableBuffer(body)
        context.write(NIOAny(buffer), promise: nil)
    }

    /// Bytes of a body up to which it is copied behind its head.
    static var joined: Int { 16_384 }
    /// Bytes that most heads need.
    private static var headRoom: Int { 256 }

    func respond(_ answer: PollExchange.Answer, to exchange: PollExchange) {
        guard let context, self.exchange === exchange else { return }
        self.exchange = nil
        keepAlive = keepAlive && answer.keepAlive && !isClosing
        if answer.isUsual, !isStream, stays, let type = answer.contentType,
            exchange.request?.hasUsualHeaders == true
        {
            writeUsual(answer.body, type: type, context: context)
            loop.flushSoon(self)
            endAnswer(context: context)
            return
        }
        var headers = exchange.headers
        if !answer.headers.isEmpty {
            for name in Set(answer.headers.map { $0.name.lowercased() }) { headers.remove(name: name) }
            headers.add(contentsOf: answer.headers)
        }
        if let type = answer.contentType { headers.add(name: "Content-Type", value: type) }
        if answer.body.readableBytes > 0 || (answer.status != .noContent && answer.status != .notModified) {
            headers.add(name: "Content-Length", value: String(answer.body.readableBytes))
        }
        if !stays { headers.add(name: "Connection", value: "close") }
        write(
            answer.status, headers, body: answer.omitsBody ? ByteBuffer() : answer.body, context: context)
        if stays { loop.flushSoon(self) } else { context.flush() }
        endAnswer(context: context)
    }

    /// Gives what was written to the system.
    func flush() { context?.flush() }

    /// An answer is written: settles what becomes of the connection.
    func endAnswer(context: ChannelHandlerContext) {
        let stays = self.stays
        switch phase {
        case .answering:
            phase = stays ? .idle : .ended
            loop.arm(self, at: loop.now + listener.limits.idleTimeout.milliseconds)
            if stays { takeAhead(context: context) } else { context.close(promise: nil) }
            return
        case .plain(let source):
            // The answer came before the body did: what is left of it is skipped.
            source?.finish()
            phase = .plain(nil)
            setReading(true)
        case .idle, .waiting, .engineGet, .bare, .enginePost, .skipping, .ended: phase = .skipping
        }
        // Closing at once could reset the connection under the client's unread answer when it still sends.
        loop.arm(self, at: loop.now + (stays && keepAlive ? listener.limits.bodyTimeout.milliseconds : 1_000))
    }

    /// Whether the connection is for further requests.
    ///
    /// A stream ends by itself, when both sides have said all: closing it would take back what has not been sent yet.
    var stays: Bool { isStream || (keepAlive && !isClosing) }

    /// The end of a request came that was answered already.
    func answeredBeforeRead() {
        phase = stays ? .idle : .ended
        loop.arm(self, at: loop.now + listener.limits.idleTimeout.milliseconds)
        if !stays { context?.close(promise: nil) }
    }
}
