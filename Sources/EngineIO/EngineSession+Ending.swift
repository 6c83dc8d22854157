public import EngineIOProtocol
internal import NIOCore
internal import WebSocketProtocol

/// How a session ends: in good order, or at once.
extension EngineSession {
    /// Ends the session in good order: what was sent before still goes out.
    ///
    /// - Parameter reason: what ``EngineSessionHandler/closed(_:)`` is told.
    public func close(_ reason: CloseReason = .forcedClose) {
        loop.run { self.closeOnLoop(reason) }
    }

    /// - Parameter code: what a WebSocket's close frame says; nil leaves it to the reason.
    func closeOnLoop(_ reason: CloseReason, code: CloseCode? = nil) {
        switch machine.close(now: loop.now) {
        case .closeWebSocket:
            let connection = webSocket
            connection?.write(outbox.takeAll())
            webSocket = nil
            connection?.close(code: code ?? (reason == .serverShuttingDown ? .goingAway : nil))
            finish(reason)
        case .answerPollAndClose:
            answerPoll(with: outbox.takeAll(), closing: true)
            finish(reason)
        case .awaitPoll:
            probe?.close(code: nil)
            probe = nil
            tellHandler(reason)
            armTimer()
        case .none: break
        }
    }

    /// Ends the session at once: the transport failed or the peer broke the protocol.
    func end(_ reason: CloseReason, webSocketCode: CloseCode?, _ detail: CloseDetail? = nil) {
        if closeDetail == nil, endReason == nil { closeDetail = detail }
        guard machine.abort() else {
            // It waited for its last poll: nobody is told again, but nothing may be left of it.
            forget()
            return
        }
        let connection = webSocket
        webSocket = nil
        connection?.close(code: webSocketCode)
        finish(reason)
    }

    func finish(_ reason: CloseReason) {
        _ = machine.abort()
        webSocket?.close(code: nil)
        forget()
        tellHandler(reason)
    }

    func tellHandler(_ reason: CloseReason) {
        let last = handler
        handler = nil
        if endReason == nil { noteClosed(reason) }
        endReason = reason
        last?.closed(reason)
    }

    func forget() {
        loop.cancel(self)
        if server.sessions.remove(id) { noteGone() }
        ticket = nil
        _ = outbox.takeAll()
        probe?.close(code: nil)
        probe = nil
        webSocket = nil
        answerPoll(with: [], closing: true)
        releasePost()
        takeWriteWaiters()?.fail(ChannelError.ioOnClosedChannel)
        failSenders()
    }
}
