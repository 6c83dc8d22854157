internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Files coming in, piece by piece onto the disk.
struct UploadRoutes: Sendable {
    let chat: Chat

    func add(to router: RouterGroup<GatewayContext>) {
        router.put("uploads/{upload}") { request, context in
            await Route.answer { () async throws(ChatError) in
                try await upload(request, context, by: Route.user(of: request, chat))
            }
        }
        router.put("uploads/{upload}/thumb") { request, context in
            await Route.answer { () async throws(ChatError) in
                let user = try await Route.user(of: request, chat)
                let id = try Self.id(context)
                let bytes = try await Self.small(request, limit: Limits.thumbnailBytes)
                try await chat.keepThumbnail(bytes, of: id, by: user)
                return Response(status: .noContent)
            }
        }
    }

    /// Takes a file in.
    func upload(
        _ request: Request, _ context: GatewayContext, by user: UserID
    ) async throws(ChatError) -> Response {
        let id = try Self.id(context)
        let given = Route.text("name", of: request) ?? ""
        let name = try Parsing.value { () throws(InvalidValue) in try FileName(given.isEmpty ? "file" : given)
        }
        let length = request.headers[.contentLength].flatMap { Int64($0) }
        switch try await chat.beginUpload(id, name: name, length: length, by: user) {
        case .known(let file):
            // The client repeats an upload whose answer was lost: what it sends is not needed.
            return APIResponse.json(WireFile(file))
        case .begun(let upload):
            try await Self.copy(request.body, to: upload)
            return APIResponse.json(WireFile(try await upload.finish()), status: .created)
        }
    }

    private static func copy(_ body: RequestBody, to upload: Upload) async throws(ChatError) {
        do {
            for try await piece in body { try await upload.write(Array(piece.readableBytesView)) }
        } catch let error as ChatError {
            throw error
        } catch {
            throw ChatError(code: .invalid, message: "The upload was cut off.", retryable: true)
        }
    }

    /// A body of at most so many bytes.
    static func small(_ request: Request, limit: Int) async throws(ChatError) -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: limit).readableBytesView)
        } catch {
            throw .tooLarge("That may have up to \(limit >> 10) KiB.")
        }
    }

    private static func id(_ context: GatewayContext) throws(ChatError) -> ClientMessageID {
        let text = context.parameters.get("upload") ?? ""
        return try Parsing.value { () throws(InvalidValue) in try ClientMessageID(text) }
    }
}
