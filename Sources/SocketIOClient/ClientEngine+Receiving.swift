internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import WebSocketProtocol

/// What the transports bring.
extension ClientEngine {
    private func received(_ type: EnginePacketType, _ data: ByteBuffer) {
        switch machine.received(type, now: now) {
        case .handshake: opened(data)
        case .deliver: owner?.engine(self, receivedText: data)
        case .pong: _ = send([.text([EnginePacketType.pong.digit])], promise: nil)
        case .ignore: break
        case .close(let reason): end(reason, what: "packet \(type)")
        }
    }

    func poll() {
        guard isReading, let polling, machine.beginPoll() else { return }
        polling.get(sid: sid, cookies: owner?.cookies) { result in
            switch result {
            case .failure(let failure): self.end(.transportError, what: failure.what)
            case .success(let answer):
                for cookie in answer.headers["Set-Cookie"] {
                    self.owner?.engine(self, receivedCookie: cookie)
                }
                self.received(payload: answer.body)
                self.proceed(self.machine.endPoll())
            }
        }
    }

    private func received(payload: ByteBuffer) {
        guard UTF8Validator.isValid(payload.readableBytesUInt8Span) else {
            end(.parseError, what: "a payload that is not UTF-8")
            return
        }
        var decoder = PayloadDecoder(maxPackets: configuration.maxPacketsPerPayload)
        do throws(EngineViolation) {
            while !machine.isClosed, let record = try decoder.next(in: payload.readableBytesUInt8Span) {
                switch record {
                case .text(let type, let range):
                    received(type, payload.slice(range))
                case .base64(let range):
                    guard machine.transport != nil else { throw .unknownPacketType }
                    let bytes = try Base64.decode(payload.readableBytesUInt8Span.extracting(range))
                    owner?.engine(self, receivedBinary: ByteBuffer(bytes: bytes))
                case .binary: throw .unknownPacketType
                }
            }
        } catch {
            end(error.closeReason, what: "\(error)")
        }
    }

    // MARK: - The WebSocket's reports

    func webSocketOpened(_ webSocket: ClientWebSocket) {
        guard webSocket === probe else { return }
        webSocket.write([(.text, Array("2probe".utf8))], promise: nil)
    }

    func webSocketReceived(_ webSocket: ClientWebSocket, _ kind: MessageKind, _ payload: ByteBuffer) {
        if webSocket === probe {
            let isProbe = kind == .text && payload.readableBytesView.elementsEqual("3probe".utf8)
            switch machine.probeAnswered(isProbe: isProbe) {
            case .pause: break
            case .completeUpgrade: completeUpgrade()
            case .closeProbe: giveUpProbe()
            }
            return
        }
        guard webSocket === self.webSocket else { return }
        switch kind {
        case .binary:
            guard machine.transport != nil else {
                end(.parseError, what: "a binary message before the open packet")
                return
            }
            owner?.engine(self, receivedBinary: payload)
        case .text:
            do throws(EngineViolation) {
                let type = try PacketDecoder.type(ofText: payload.readableBytesUInt8Span)
                received(type, payload.slice(1..<payload.readableBytes))
            } catch {
                end(error.closeReason, what: "\(error)")
            }
        }
    }

    func webSocketBecameWritable(_ webSocket: ClientWebSocket) {
        if webSocket === self.webSocket { flush() }
    }

    func webSocketEnded(_ webSocket: ClientWebSocket, _ ended: ClientWebSocket.End) {
        if webSocket === probe {
            giveUpProbe()
        } else if webSocket === self.webSocket {
            end(ended.isError ? .transportError : .transportClose, what: ended.what)
        }
    }
}
