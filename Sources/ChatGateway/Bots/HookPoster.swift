public import ChatDomain
public import ChatService
internal import FoundationEssentials

/// Posts what outgoing webhooks have to post, in the form of `docs/realtime-api.md`, and reads the answer.
public struct HookPoster: HookSender {
    /// Milliseconds for all of a post.
    private static let patience: Int64 = 7_000
    /// Bytes of an answer that are read: more than a message can have.
    private static let answerBytes = 128 << 10

    private let client: any OutboundClient
    private let now: @Sendable () -> Timestamp

    private struct Body: Encodable {
        struct Conversation: Encodable {
            let c: String
            let kind: String
            let name: String
        }

        let hook: String
        let event: String
        let conversation: Conversation
        let msg: WireMessage
        let from: WireUser
    }

    private struct Answer: Decodable {
        let text: String?
    }

    /// Posts by a client; `now` is the time in the signature.
    public init(client: any OutboundClient, now: @escaping @Sendable () -> Timestamp) {
        self.client = client
        self.now = now
    }

    /// See ``HookSender/post(_:)``.
    public func post(_ post: HookPost) async -> HookAnswer {
        let body = Body(
            hook: post.hook.id.description, event: "message",
            conversation: .init(
                c: post.conversation.description, kind: post.kind.rawValue, name: post.name),
            msg: WireMessage(post.message), from: WireUser(post.from))
        guard let data = try? JSONEncoder().encode(body) else {
            return .failed("It could not be written as JSON.")
        }
        let bytes = Array(data)
        let request = OutboundRequest(
            .post, post.url,
            headers: [
                ("Content-Type", "application/json"),
                ("X-Parley-Signature", HookSignature.value(of: bytes, key: post.key, at: now())),
            ], body: bytes, answerLimit: Self.answerBytes, timeout: Self.patience)
        switch await client.send(request) {
        case .answered(let response):
            // Whatever else a server answers says nothing to us.
            let text = try? JSONDecoder().decode(Answer.self, from: Data(response.body)).text
            return .answered(status: response.status, text: text)
        case .failed(let reason): return .failed(reason)
        case .refused(let reason): return .refused(reason)
        }
    }
}
