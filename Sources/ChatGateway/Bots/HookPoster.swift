public import ChatDomain
public import ChatService
internal import FoundationEssentials

/// Posts what outgoing webhooks have to post, in the form of `docs/realtime-api.md`, and reads the answer.
public struct HookPoster: HookSender {
    private let transport: any HookTransport
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

    /// Posts by a transport; `now` is the time in the signature.
    public init(transport: any HookTransport, now: @escaping @Sendable () -> Timestamp) {
        self.transport = transport
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
        let signature = HookSignature.value(of: bytes, key: post.key, at: now())
        switch await transport.post(bytes, to: post.url, headers: [("X-Parley-Signature", signature)]) {
        case .answered(let status, let bytes):
            // Whatever else a server answers says nothing to us.
            let text = try? JSONDecoder().decode(Answer.self, from: Data(bytes)).text
            return .answered(status: status, text: text)
        case .failed(let reason): return .failed(reason)
        case .refused(let reason): return .refused(reason)
        }
    }
}
