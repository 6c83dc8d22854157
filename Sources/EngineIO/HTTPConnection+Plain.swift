internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1

/// Requests that belong to no engine: the application's responder answers them.
extension HTTPConnection {
    func beginPlain(head: HTTPRequestHead, context: ChannelHandlerContext) {
        guard let responder = listener.plain else {
            phase = .skipping
            makeExchange(nil).respond(.notFound)
            return
        }
        let body = NIOThrowingAsyncSequenceProducer.makeSequence(
            elementType: ByteBuffer.self, failureType: (any Error).self,
            backPressureStrategy: NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(
                lowWatermark: 2, highWatermark: 8),
            finishOnDeinit: true, delegate: PlainBodyDelegate(connection: self))
        phase = .plain(body.source)
        armBodyTimer(at: loop.now + listener.limits.plainBodyTimeout.milliseconds)
        plainNumber &+= 1
        plainHeadWritten = false
        plainEndWritten = false
        let request = PlainRequest(
            head: head, body: body.sequence, channel: context.channel, isSecure: listener.isSecure)
        plainTask = PlainTask.start(
            request, responder: responder,
            writer: PlainResponseWriter(connection: self, number: plainNumber))
    }

    /// The path of a file that an engine serves.
    func answerFile(_ path: Substring, to head: HTTPRequestHead) -> Bool {
        guard
            let (engine, file) = listener.engines.lazy.compactMap({ engine in
                engine.configuration.clientFile(path).map { (engine, $0) }
            }).first
        else { return false }
        let configuration = engine.configuration
        phase = .skipping
        var answer = file.answer(to: head)
        if head.method == .OPTIONS, configuration.origins.usesCORS {
            answer = PollExchange.Answer(
                status: HTTPResponseStatus(statusCode: configuration.cors.optionsSuccessStatus))
        }
        configuration.cors.addHeaders(
            to: &answer.headers, for: head, origins: configuration.origins, isSecure: listener.isSecure)
        makeExchange(nil).respond(answer)
        return true
    }

    // MARK: - Bodies

    func plainReceived(_ bytes: ByteBuffer, for source: PlainRequest.Body.Source) {
        if case .stopProducing = source.yield(bytes) {
            // The responder takes its time; that is not the client's fault.
            setReading(false)
            loop.cancel(self)
            return
        }
        let limits = listener.limits
        let earned = Int64(bytes.readableBytes) * 1_000 / Int64(max(1, limits.plainBodyBytesPerSecond))
        armBodyTimer(at: min(plainBodyDeadline + earned, loop.now + limits.plainBodyTimeout.milliseconds))
    }

    /// The responder wants more of the body, or none of it.
    func plainReadingResumed() {
        setReading(true)
        if case .plain = phase { armBodyTimer(at: loop.now + listener.limits.plainBodyTimeout.milliseconds) }
    }

    private func armBodyTimer(at deadline: Int64) {
        plainBodyDeadline = deadline
        loop.arm(self, at: deadline)
    }

    // MARK: - Answers

    func writePlain(_ part: HTTPServerResponsePart, number: Int, promise: EventLoopPromise<Void>) {
        guard let context, number == plainNumber, !plainEndWritten else {
            promise.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch (part, plainHeadWritten) {
        case (.head(var head), false):
            // After 103 Early Hints and the like the real head is still to come.
            plainHeadWritten = head.status.code >= 200
            if !stays { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            writePart(.head(head), promise: promise, context: context)
        case (.body, true): writePart(part, promise: promise, context: context)
        case (.end, true):
            plainEndWritten = true
            writePart(part, promise: promise, context: context)
            // The client may send its next request before the responder has returned: the answer ends here.
            endAnswer(context: context)
        case (.head, true), (.body, false), (.end, false):
            promise.fail(ChannelError.inappropriateOperationForState)
        }
    }

    /// The responder returned, or threw. An answer that it left unfinished must not look complete.
    func plainEnded(number: Int, failed: Bool) {
        guard number == plainNumber else { return }
        plainTask = nil
        guard let context, !plainEndWritten else { return }
        guard failed, !plainHeadWritten else {
            context.close(promise: nil)
            return
        }
        let head = HTTPResponseHead(
            version: .http1_1, status: .internalServerError,
            headers: ["Content-Length": "0", "Connection": "close"])
        keepAlive = false
        plainEndWritten = true
        writePart(.head(head), promise: nil, context: context)
        writePart(.end(nil), promise: nil, context: context)
        endAnswer(context: context)
    }

    /// Writes a part of an answer: of HTTP/1 as bytes, to a stream as it is.
    private func writePart(
        _ part: HTTPServerResponsePart, promise: EventLoopPromise<Void>?, context: ChannelHandlerContext
    ) {
        if isStream {
            context.write(NIOAny(part), promise: promise)
        } else {
            encoder.write(context: context, data: NIOAny(part), promise: promise)
        }
        context.flush()
    }
}
