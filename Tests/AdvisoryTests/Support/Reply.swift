/// An HTTP answer.
struct Reply {
    let status: Int
    /// The header fields, names in lower case.
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Takes an answer off the front of `bytes`; nil when it is not there whole.
    init?(takenFrom bytes: inout [UInt8]) {
        let end = bytes.indices.first { bytes[$0...].starts(with: [13, 10, 13, 10]) }
        guard let end else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        status = lines.first.flatMap { Int($0.dropFirst(9).prefix(3)) } ?? 0
        fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (parts[0].lowercased(), String(parts.dropFirst().first?.drop { $0 == " " } ?? ""))
        }
        let length = fields.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
        let start = end + 4
        guard bytes.count >= start + length else { return nil }
        body = Array(bytes[start..<start + length])
        bytes.removeFirst(start + length)
    }
}
