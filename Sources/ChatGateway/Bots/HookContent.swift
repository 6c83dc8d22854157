internal import ChatDomain
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What another program wants to have said: JSON, as Slack takes it too; a form with that JSON in `payload`; or plain
/// text.
struct HookContent: Sendable {
    let text: String
    let name: String?

    private struct Payload: Decodable {
        struct Attachment: Decodable {
            let pretext: String?
            let title: String?
            let title_link: String?
            let text: String?
            let fallback: String?
        }

        let text: String?
        let name: String?
        let username: String?
        let attachments: [Attachment]?
    }

    /// Reads a body of at most ``Limits/hookBytes``.
    ///
    /// - Throws: `too_large`; `type` for another type of content; `invalid`.
    static func reading(_ request: Request) async throws(ChatError) -> HookContent {
        let bytes: [UInt8]
        do {
            bytes = Array(try await request.body.collect(upTo: Limits.hookBytes).readableBytesView)
        } catch {
            throw .tooLarge("A webhook takes up to \(Limits.hookBytes >> 10) KiB.")
        }
        return try HookContent(bytes, type: request.headers[.contentType] ?? "application/json")
    }

    /// What bytes of this type say.
    init(_ bytes: [UInt8], type: String) throws(ChatError) {
        switch type.prefix(while: { $0 != ";" }).lowercased().filter({ $0 != " " }) {
        case "application/json": try self.init(json: bytes)
        case "text/plain":
            guard let text = String(validating: bytes, as: UTF8.self) else { throw Self.malformed }
            self.init(text: text, name: nil)
        case "application/x-www-form-urlencoded":
            guard let payload = FormFields.value("payload", of: bytes) else { throw Self.malformed }
            try self.init(json: payload)
        default:
            throw .wrongType("A webhook takes application/json, a form with payload=, or text/plain.")
        }
    }

    private init(text: String, name: String?) {
        self.text = text
        self.name = name
    }

    private init(json bytes: [UInt8]) throws(ChatError) {
        let payload: Payload
        do {
            payload = try JSONDecoder().decode(Payload.self, from: Data(bytes))
        } catch {
            throw Self.malformed
        }
        let attachments = (payload.attachments ?? []).prefix(20).map { attachment in
            let link = attachment.title_link.map { " \($0)" } ?? ""
            let parts = [attachment.pretext, attachment.title.map { $0 + link }, attachment.text]
            let said = parts.compactMap { $0 }.filter { !$0.isEmpty }
            return said.isEmpty ? attachment.fallback ?? "" : said.joined(separator: "\n")
        }
        self.init(
            text: ([payload.text ?? ""] + attachments).filter { !$0.isEmpty }.joined(separator: "\n\n"),
            name: payload.name ?? payload.username)
    }

    private static let malformed = ChatError(
        code: .invalid, message: "The body is not what a webhook takes: {\"text\": ...}.", retryable: false)
}
