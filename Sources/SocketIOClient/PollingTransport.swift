internal import NIOCore
internal import NIOHTTP1

/// The GETs and POSTs of one session, on two connections that are opened when they are needed.
///
/// Confined to its event loop. An answer that is not 200 ends the session: redirects are not followed, and no
/// request is repeated (a POST might have been taken).
final class PollingTransport: @unchecked Sendable {
    private let eventLoop: any EventLoop
    private let requests: RequestBuilder
    private let dialer: any Dialer
    private let maxBodyBytes: Int
    private var reader: HTTPExchange?
    private var writer: HTTPExchange?
    private var isClosed = false

    init(eventLoop: any EventLoop, requests: RequestBuilder, dialer: any Dialer, maxBodyBytes: Int) {
        self.eventLoop = eventLoop
        self.requests = requests
        self.dialer = dialer
        self.maxBodyBytes = maxBodyBytes
    }

    /// Polls; `completion` gets the payload.
    func get(
        sid: String?, cookies: String?,
        _ completion: @escaping (Result<HTTPExchange.Answer, HTTPExchange.Failure>) -> Void
    ) {
        let head = requests.polling(.GET, sid: sid, cookies: cookies, bodyLength: nil)
        exchange(\.reader, head, nil, completion)
    }

    /// Posts a payload.
    func post(
        _ payload: [UInt8], sid: String?, cookies: String?,
        _ completion: @escaping (Result<HTTPExchange.Answer, HTTPExchange.Failure>) -> Void
    ) {
        let head = requests.polling(.POST, sid: sid, cookies: cookies, bodyLength: payload.count)
        exchange(\.writer, head, ByteBuffer(bytes: payload), completion)
    }

    private func exchange(
        _ which: ReferenceWritableKeyPath<PollingTransport, HTTPExchange?>, _ head: HTTPRequestHead,
        _ body: ByteBuffer?,
        _ completion: @escaping (Result<HTTPExchange.Answer, HTTPExchange.Failure>) -> Void
    ) {
        if let open = self[keyPath: which], open.isIdle {
            open.send(head, body: body) { completion(Self.judged($0)) }
            return
        }
        let exchange = HTTPExchange(maxBodyBytes: maxBodyBytes)
        self[keyPath: which] = exchange
        let dialled = dialer.dial(on: eventLoop) { try exchange.install(in: $0) }
        dialled.assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel):
                guard !self.isClosed else {
                    channel.close(promise: nil)
                    return
                }
                exchange.send(head, body: body) { completion(Self.judged($0)) }
            case .failure(let error):
                guard !self.isClosed else { return }
                completion(.failure(HTTPExchange.Failure(what: "\(error)")))
            }
        }
    }

    private static func judged(
        _ result: Result<HTTPExchange.Answer, HTTPExchange.Failure>
    ) -> Result<HTTPExchange.Answer, HTTPExchange.Failure> {
        guard case .success(let answer) = result, answer.status != 200 else { return result }
        // The start of the body says what an Engine.IO server did not like; it is quoted, and short.
        let text = String(decoding: answer.body.readableBytesView.prefix(200), as: UTF8.self)
        return .failure(HTTPExchange.Failure(what: "HTTP \(answer.status) \(text)"))
    }

    /// Gives up what is under way; nothing is reported any more.
    func close() {
        isClosed = true
        reader?.close()
        writer?.close()
        reader = nil
        writer = nil
    }
}
