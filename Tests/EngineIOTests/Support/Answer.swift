/// One HTTP answer as a client reads it.
struct Answer {
    let status: Int
    let headers: [String: String]
    let body: String

    /// Takes an answer off the front of `bytes`; nil when it is not whole.
    init?(takenFrom bytes: inout [UInt8]) {
        let end = Array("\r\n\r\n".utf8)
        guard let split = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else { return nil }
        let lines = String(decoding: bytes[..<split], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers[line[..<colon].lowercased(), default: ""] += value
        }
        var rest = bytes[(split + 4)...]
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard rest.count >= length else { return nil }
        body = String(decoding: rest.prefix(length), as: UTF8.self)
        rest = rest.dropFirst(length)
        self.status = status
        self.headers = headers
        bytes = Array(rest)
    }
}
