internal import NIOCore
internal import NIOHTTP1

/// Requests that a client sends without waiting for answers (RFC 9112, section 9.3.2): taken up one after the other.
///
/// What one read brought waits in ``ahead``, and nothing more is read before it is empty.
extension HTTPConnection {
    /// Whether the request is complete and its answer is not.
    var isAnswering: Bool {
        if case .answering = phase { true } else { false }
    }

    /// Takes parts that were kept elsewhere, ahead of what waits already.
    func take(_ parts: [HTTPServerRequestPart], context: ChannelHandlerContext) {
        for part in parts.reversed() { ahead.prepend(part) }
        takeAhead(context: context)
    }

    /// An answer is complete: what was sent after its request has its turn.
    ///
    /// Answers that are given meanwhile do not come here again on top of each other, however many there are.
    func takeAhead(context: ChannelHandlerContext) {
        guard !isTakingAhead else { return }
        isTakingAhead = true
        while !isAnswering, let part = ahead.popFirst() { received(part: part, context: context) }
        isTakingAhead = false
        guard ahead.isEmpty else { return }
        if isMalformed, !isAnswering {
            isMalformed = false
            receivedNonsense(context: context)
        } else if isReadHeld, !isMalformed {
            isReadHeld = false
            context.read()
        }
    }

    /// What came is no HTTP, and neither is what follows.
    func receivedNonsense(context: ChannelHandlerContext) {
        switch phase {
        // What came before has its turn first.
        case .answering, .waiting:
            isMalformed = true
            return
        case .plain where plainHeadWritten: break
        case .idle, .engineGet, .enginePost, .bare, .plain:
            var answer = context.channel.allocator.buffer(capacity: 64)
            answer.writeAnswerHead(.badRequest, ["Connection": "close", "Content-Length": "0"])
            context.write(NIOAny(answer), promise: nil)
        // This request was answered already.
        case .skipping, .ended: break
        }
        context.flush()
        context.close(promise: nil)
    }
}
