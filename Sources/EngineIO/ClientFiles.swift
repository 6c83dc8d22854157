internal import NIOCore
internal import NIOHTTP1

/// The browser client's bundles, which an engine serves under its path (`/socket.io/socket.io.min.js`), as the
/// reference's `serveClient` does. Kept in memory, compressed once.
///
/// The bundles come with the npm package `socket.io`, in its folder `client-dist`. A file of the same name with `.br` at
/// its end is its Brotli form, made once by whoever deploys (`brotli -k socket.io.min.js`), for browsers that take it.
public struct ClientFiles: Sendable {
    /// The names that are served. No other name is ever looked for.
    public static let names = [
        "socket.io.js", "socket.io.js.map", "socket.io.min.js", "socket.io.min.js.map",
        "socket.io.esm.min.js",
        "socket.io.esm.min.js.map", "socket.io.msgpack.min.js", "socket.io.msgpack.min.js.map",
    ]

    /// One bundle or source map.
    struct File: Sendable {
        let contentType: String
        let etag: String
        let plain: ByteBuffer
        let compressed: [ContentEncoding: ByteBuffer]
    }

    private let files: [String: File]

    /// The names of the files that are there, sorted.
    public var available: [String] { files.keys.sorted() }

    /// - Parameter contents: some of ``names``, each with its file's bytes.
    /// - Throws: when there is a file of another name, or none at all.
    public init(_ contents: [String: [UInt8]]) throws(EngineConfigurationError) {
        guard !contents.isEmpty else { throw EngineConfigurationError("clientFiles", "holds no file") }
        var files: [String: File] = [:]
        for (name, bytes) in contents where !name.hasSuffix(Self.brotliSuffix) {
            guard Self.names.contains(name) else {
                throw EngineConfigurationError("clientFiles", "holds a file that is no bundle: \(name)")
            }
            files[name] = Self.makeFile(
                bytes, brotli: contents[name + Self.brotliSuffix], isMap: name.hasSuffix(".map"))
        }
        for name in contents.keys where name.hasSuffix(Self.brotliSuffix) {
            guard files[String(name.dropLast(Self.brotliSuffix.count))] != nil else {
                throw EngineConfigurationError(
                    "clientFiles", "holds a Brotli form of a bundle that is not there: \(name)")
            }
        }
        self.files = files
    }

    /// What the name of a bundle's Brotli form has at its end.
    public static let brotliSuffix = ".br"

    private static func makeFile(_ bytes: [UInt8], brotli: [UInt8]?, isMap: Bool) -> File {
        // FNV-1a: the tag tells versions apart, it protects nothing.
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var compressed: [ContentEncoding: ByteBuffer] = [:]
        compressed[.brotli] = brotli.map { ByteBuffer(bytes: $0) }
        for encoding in ContentEncoding.made {
            compressed[encoding] = HTTPCompression.compress(bytes, as: encoding, level: 9).map(
                ByteBuffer.init(bytes:))
        }
        return File(
            contentType: isMap ? "application/json; charset=utf-8" : "application/javascript; charset=utf-8",
            // Weak, as one tag stands for the file in every encoding.
            etag: "W/\"\(String(bytes.count, radix: 16))-\(String(hash, radix: 16))\"",
            plain: ByteBuffer(bytes: bytes), compressed: compressed)
    }

    /// The file of exactly this name.
    func file(_ name: Substring) -> File? {
        files[String(name)]
    }
}

extension ClientFiles.File {
    /// The answer to a request for this file. Its CORS headers are the caller's.
    func answer(to head: HTTPRequestHead) -> PollExchange.Answer {
        guard head.method == .GET || head.method == .HEAD else {
            return PollExchange.Answer(status: .methodNotAllowed, headers: ["Allow": "GET, HEAD"])
        }
        var answer = PollExchange.Answer(
            status: .ok,
            headers: ["Cache-Control": "public, max-age=0", "ETag": etag, "Vary": "Accept-Encoding"])
        if head.headers["if-none-match"].contains(where: matches) {
            answer.status = .notModified
            return answer
        }
        answer.contentType = contentType
        answer.omitsBody = head.method == .HEAD
        let encoding = ContentEncoding.preferred(
            head.headers["accept-encoding"].joined(separator: ","),
            of: ContentEncoding.allCases.filter { compressed[$0] != nil })
        if let encoding, let compressed = compressed[encoding] {
            answer.headers.add(name: "Content-Encoding", value: encoding.rawValue)
            answer.body = compressed
        } else {
            answer.body = plain
        }
        return answer
    }

    private func matches(_ header: String) -> Bool {
        header.split(separator: ",").contains { item in
            let tag = item.drop { $0 == " " }.prefix { $0 != " " }
            return tag == "*" || tag == etag || tag == etag.dropFirst(2)
        }
    }
}
