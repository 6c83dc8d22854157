internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird

/// Files, up and down.
struct RESTFiles: Sendable {
    let chat: Chat

    private struct Files: Encodable, Sendable {
        struct Entry: Encodable, Sendable {
            let file: WireFile
            let seq: UInt32
            let from: String
            let ts: Int64
        }

        let files: [Entry]
    }

    func add(to v1: RouterGroup<GatewayContext>) {
        v1.program(.put, "uploads/{upload}", chat) { (request, context, program) async throws(ChatError) in
            try await UploadRoutes(chat: chat).upload(request, context, by: program.user)
        }
        for (path, isThumbnail) in [("files/{file}", false), ("files/{file}/thumb", true)] {
            v1.program(.get, RouterPath(path), chat) {
                (request, context, program) async throws(ChatError) in
                try await FileRoutes(chat: chat).file(
                    request, context, thumbnail: isThumbnail, by: program.user)
            }
        }
        v1.program(.get, "conversations/{c}/files", chat) {
            (request, context, program) async throws(ChatError) in
            var before = MessageSeq.max
            if let number = try Route.number("before", of: request, as: Int64.self) {
                before = try Parsing.seq(number)
            }
            let files = try await chat.listFiles(
                of: Route.conversation(in: context), before: before,
                limit: Route.number("limit", of: request) ?? Limits.filePage, by: program.user)
            return APIResponse.json(
                Files(
                    files: files.map {
                        .init(
                            file: WireFile($0.file), seq: $0.seq.rawValue, from: $0.sender.description,
                            ts: $0.sentAt.milliseconds)
                    }))
        }
    }
}
