internal import ChatDomain
internal import ChatService
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Files going out, to whoever may read them.
struct FileRoutes: Sendable {
    let chat: Chat

    /// Bytes that are read from disk at a time.
    private static let piece = 128 << 10

    func add(to router: Router<GatewayContext>) {
        for thumbnail in [false, true] {
            let path: RouterPath = thumbnail ? "files/{file}/thumb" : "files/{file}"
            router.get(path) { request, context in await answer(request, context, thumbnail: thumbnail) }
            router.head(path) { request, context in await answer(request, context, thumbnail: thumbnail) }
        }
    }

    private func answer(_ request: Request, _ context: GatewayContext, thumbnail: Bool) async -> Response {
        await Route.answer { () async throws(ChatError) in
            try await file(
                request, context, thumbnail: thumbnail, by: try await Route.user(of: request, chat))
        }
    }

    /// Gives a file out.
    func file(
        _ request: Request, _ context: GatewayContext, thumbnail: Bool, by user: UserID
    ) async throws(ChatError) -> Response {
        guard let id = context.parameters.get("file").flatMap({ FileID($0) }) else { throw .fileNotFound }
        let file = try await chat.openFile(id, thumbnail: thumbnail, by: user)
        return Self.response(to: request, file, thumbnail: thumbnail)
    }

    private static func response(to request: Request, _ file: ServedFile, thumbnail: Bool) -> Response {
        let tag = "\"\(file.file.id)\(thumbnail ? "-thumb" : "")\""
        var headers: HTTPFields = [
            .contentType: contentType(file.type), .eTag: tag, .acceptRanges: "bytes",
            // Whoever could read it once has it; a proxy has no business with it.
            .cacheControl: "private, max-age=31536000, immutable",
            .contentSecurityPolicy: "sandbox; default-src 'none'",
            .contentDisposition: disposition(file),
        ]
        if request.headers[.ifNoneMatch].map({ EntityTags($0).contains(tag) }) ?? false {
            return Response(status: .notModified, headers: headers)
        }
        let isSame = request.headers[.ifRange].map { $0 == tag } ?? true
        let range = ByteRange(isSame ? request.headers[.range] : nil, count: file.count)
        switch range {
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(file.count)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        case .everything:
            return Response(status: .ok, headers: headers, body: body(file, 0..<file.count))
        case .part(let part):
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(file.count)"
            return Response(status: .partialContent, headers: headers, body: body(file, part))
        }
    }

    /// The bytes in pieces: each is read when the connection has taken the one before.
    private static func body(_ file: ServedFile, _ range: Range<Int>) -> ResponseBody {
        ResponseBody(contentLength: range.count) { writer in
            var offset = range.lowerBound
            while offset < range.upperBound {
                let bytes = try await file.read(at: offset, count: min(piece, range.upperBound - offset))
                // A file that became shorter: the connection ends in the middle, which the client sees.
                guard !bytes.isEmpty else { throw ChatError.unavailable }
                try await writer.write(ByteBuffer(bytes: bytes))
                offset += bytes.count
            }
            try await writer.finish(nil)
        }
    }

    private static func contentType(_ type: FileType) -> String {
        type.name == "text/plain" ? "text/plain; charset=utf-8" : type.name
    }

    /// Shown in its place only what cannot hold a program; the name in the form of RFC 6266.
    private static func disposition(_ file: ServedFile) -> String {
        let kind = file.type.isSafeInline ? "inline" : "attachment"
        let plain = file.file.name.unicodeScalars.map { scalar in
            scalar.isASCII && scalar != "\"" && scalar != "\\" && scalar.value >= 0x20 && scalar.value != 0x7F
                ? Character(scalar) : "_"
        }
        var encoded = ""
        for byte in file.file.name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return "\(kind); filename=\"\(String(plain))\"; filename*=UTF-8''\(encoded)"
    }
}
