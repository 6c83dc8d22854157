internal import EngineIOProtocol
internal import NIOCore
internal import WebSocketProtocol

/// Polls, bodies of POSTs, and the packets in them.
extension EngineSession {
    func received(poll exchange: PollExchange) {
        switch machine.pollArrived() {
        case .hold:
            poll = exchange
            if !outbox.isEmpty || !machine.isOpen { flush() }
        case .overlap:
            answerPoll(with: [], closing: true)
            exchange.respond(RequestError.badRequest)
            closeDetail = .overlappingPolls
            finish(.transportError)
        case .mismatch: exchange.respond(RequestError.transportMismatch)
        }
    }

    /// The connection of a held poll ended.
    func pollAborted(_ exchange: PollExchange) {
        guard poll === exchange else { return }
        poll = nil
        end(.transportError, webSocketCode: nil, .pollAborted)
    }

    /// The head of a POST arrived; its body or its failure follows.
    func postBegan(_ exchange: PollExchange) {
        switch machine.postBegan() {
        case .accept: openPost = exchange
        case .overlap:
            exchange.respond(RequestError.badRequest)
            answerPoll(with: [], closing: true)
            closeDetail = .overlappingPosts
            finish(.transportError)
        case .mismatch: exchange.respond(RequestError.transportMismatch)
        }
    }

    func postAborted(tooLarge: Bool) {
        openPost = nil
        machine.postEnded()
        // A body over the limit was answered with 413 and the session lives; a cut one ends it.
        if !tooLarge { end(.transportError, webSocketCode: nil, .bodyAborted) }
    }

    func received(body: ByteBuffer, of exchange: PollExchange) {
        guard openPost === exchange, let form = exchange.bodyForm else { return }
        openPost = nil
        machine.postEnded()
        do throws(EngineViolation) {
            let payload =
                exchange.isJSONP
                ? ByteBuffer(bytes: try JSONP.payload(ofForm: body.readableBytesUInt8Span)) : body
            try deliver(payload: payload, form: form)
        } catch {
            exchange.respondOK()
            end(error.closeReason, webSocketCode: .protocolError, .packet(error))
            return
        }
        if isReadingPaused, machine.isOpen {
            heldPost = exchange
        } else {
            exchange.respondOK()
        }
    }

    func deliver(payload: ByteBuffer, form: PayloadForm) throws(EngineViolation) {
        guard !form.isText || UTF8Validator.isValid(payload.readableBytesUInt8Span) else {
            throw .invalidUTF8
        }
        var decoder = PayloadDecoder(form: form, maxPackets: server.configuration.maxPacketsPerPayload)
        while let packet = try decoder.next(in: payload.readableBytesUInt8Span) {
            if case .text(_, let data) = packet, !form.isText,
                !UTF8Validator.isValid(payload.readableBytesUInt8Span.extracting(data))
            {
                throw .invalidUTF8
            }
            try received(packet, in: payload)
            guard machine.isOpen else { return }
        }
    }

    /// A packet whose parts are ranges of `bytes`.
    func received(_ packet: EnginePacket, in bytes: ByteBuffer) throws(EngineViolation) {
        switch packet {
        case .text(let type, let data): received(type, text: bytes.part(data))
        case .base64(let text):
            let data = try Base64.decode(bytes.readableBytesUInt8Span.extracting(text))
            received(binary: ByteBuffer(bytes: data))
        case .binary(let data): received(binary: bytes.part(data))
        }
    }
}

extension ByteBuffer {
    /// The bytes of a range that a decoder found in the readable ones.
    fileprivate func part(_ range: Range<Int>) -> ByteBuffer {
        getSlice(at: readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}
