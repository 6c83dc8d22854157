internal import WebSocketProtocol

/// The header fields of an opening handshake, one a line of the input.
enum FuzzOpeningHandshake {
    static func test(_ bytes: [UInt8]) {
        let count = bytes.count
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        while lines.count < 5 { lines.append("") }
        let request = OpeningHandshake.Request(
            method: lines[0], httpVersionMajor: count & 3, httpVersionMinor: count >> 2 & 3,
            upgrade: [lines[1]],
            connection: [lines[2]], version: [lines[3]], key: Array(lines[4...]))
        if let accept = try? OpeningHandshake.accept(request) {
            precondition(accept.utf8.count == 28, "an accept key is 20 bytes in base64")
        }
    }
}
