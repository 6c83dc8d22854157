internal import NIOCore
internal import NIOHTTP1

/// The head of a request in one piece of memory, as a session keeps it: a browser's twenty headers are forty strings otherwise.
struct PackedHead: Sendable {
    /// Method, target, names and values in turns, each after its length (base 128, low digits first).
    private let bytes: [UInt8]
    private let version: HTTPVersion

    init(_ head: HTTPRequestHead) {
        version = head.version
        var length = head.method.rawValue.utf8.count + head.uri.utf8.count + 8
        for (name, value) in head.headers { length += name.utf8.count + value.utf8.count + 4 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        Self.append(head.method.rawValue, to: &bytes)
        Self.append(head.uri, to: &bytes)
        for (name, value) in head.headers {
            Self.append(name, to: &bytes)
            Self.append(value, to: &bytes)
        }
        self.bytes = bytes
    }

    /// The head as it was.
    var head: HTTPRequestHead {
        var rest = bytes[...]
        let (method, target) = (Self.next(&rest), Self.next(&rest))
        // `HTTPHeaders.add` traps on names that are not ASCII; whoever let one in decided otherwise.
        var headers: [(String, String)] = []
        while !rest.isEmpty {
            let name = Self.next(&rest)
            headers.append((name, Self.next(&rest)))
        }
        return HTTPRequestHead(
            version: version, method: HTTPMethod(rawValue: method), uri: target, headers: HTTPHeaders(headers)
        )
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        var length = text.utf8.count
        while length > 127 {
            bytes.append(UInt8(truncatingIfNeeded: length) | 128)
            length >>= 7
        }
        bytes.append(UInt8(length))
        bytes.append(contentsOf: text.utf8)
    }

    private static func next(_ rest: inout ArraySlice<UInt8>) -> String {
        var (length, shift) = (0, 0)
        while let digit = rest.popFirst() {
            length |= Int(digit & 127) << shift
            shift += 7
            if digit < 128 { break }
        }
        defer { rest = rest.dropFirst(length) }
        return String(decoding: rest.prefix(length), as: UTF8.self)
    }
}
