internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The web client: read once at the start, served from memory, compressed when the build made it so.
///
/// Only files that the build put there can be named, so that no path can lead anywhere else.
struct StaticSite: Sendable {
    private struct File: Sendable {
        let type: String
        let plain: ByteBuffer
        let gzip: ByteBuffer?
        let brotli: ByteBuffer?
        let fingerprint: String
        let isImmutable: Bool

        /// The smallest form that the client takes; each form has a tag of its own (RFC 9110, 8.8.3).
        func form(for accepted: AcceptedEncodings) -> (body: ByteBuffer, encoding: String?, tag: String) {
            if accepted.contains("br"), let brotli { return (brotli, "br", "\"\(fingerprint)-br\"") }
            if accepted.contains("gzip"), let gzip { return (gzip, "gzip", "\"\(fingerprint)-gzip\"") }
            return (plain, nil, "\"\(fingerprint)\"")
        }
    }

    private let files: [String: File]

    /// Reads everything that the web build made.
    ///
    /// - Throws: what the system says when it cannot be read; nothing can be served then.
    init(_ client: WebClient) throws {
        switch client {
        case .folder(let folder):
            let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
            self.init(paths) { FileManager.default.contents(atPath: folder + "/" + $0) }
        case .files(let files):
            self.init(Array(files.keys)) { files[$0] }
        }
    }

    private init(_ paths: [String], contents: (String) -> Data?) {
        var files: [String: File] = [:]
        for path in paths {
            guard let type = Self.type(of: path), let plain = contents(path) else { continue }
            files["/" + path] = File(
                type: type, plain: ByteBuffer(bytes: plain),
                gzip: contents(path + ".gz").map { ByteBuffer(bytes: $0) },
                brotli: contents(path + ".br").map { ByteBuffer(bytes: $0) },
                fingerprint: Self.fingerprint(plain), isImmutable: path.hasPrefix("assets/"))
        }
        self.files = files
    }

    /// Whether there is a page at all.
    var hasPage: Bool { files["/index.html"] != nil }

    /// Answers a GET or HEAD; a path without a file type is the page itself, whose own router knows it.
    func answer(_ request: Request) -> Response {
        let path = request.uri.path
        let isPage = path == "/" || !(path.split(separator: "/").last ?? "").contains(".")
        guard let file = files[isPage ? "/index.html" : path] else { return Response(status: .notFound) }
        let form = file.form(for: AcceptedEncodings(request.headers[.acceptEncoding] ?? ""))
        var headers: HTTPFields = [
            .contentType: file.type, .eTag: form.tag, .vary: "Accept-Encoding",
            .cacheControl: file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
        ]
        if EntityTags(request.headers[.ifNoneMatch] ?? "").contains(form.tag) {
            return Response(status: .notModified, headers: headers)
        }
        if let encoding = form.encoding { headers[.contentEncoding] = encoding }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: form.body))
    }

    private static func type(of path: String) -> String? {
        switch path.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "ico": "image/x-icon"
        case "webmanifest": "application/manifest+json"
        case "txt": "text/plain; charset=utf-8"
        case "woff2": "font/woff2"
        default: nil
        }
    }

    /// FNV-1a: tells one build's file from another's, nothing more.
    private static func fingerprint(_ data: Data) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in data { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
