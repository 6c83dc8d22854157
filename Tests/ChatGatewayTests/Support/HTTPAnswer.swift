internal import Foundation
internal import SocketIO

/// The server's answer to one request.
struct HTTPAnswer: Sendable {
    struct Unreadable: Error {}

    let status: Int
    /// Names in lower case.
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    subscript(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body; null when it is no JSON.
    var json: JSONValue { (try? JSONDecoder().decode(JSONValue.self, from: Data(body))) ?? .null }

    /// The code of an error.
    var code: String? { json["error"]?["code"]?.string }

    static func of(
        _ method: String, _ path: String, _ body: String?, headers: [(String, String)], port: Int
    ) async throws -> HTTPAnswer {
        var headers = headers
        if body != nil { headers.append(("Content-Type", "application/json")) }
        return try await of(method, path, bytes: body.map { Array($0.utf8) }, headers: headers, port: port)
    }

    static func of(
        _ method: String, _ path: String, bytes: [UInt8]?, headers: [(String, String)], port: Int
    ) async throws -> HTTPAnswer {
        var request = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        for (name, value) in headers { request += "\(name): \(value)\r\n" }
        if let bytes { request += "Content-Length: \(bytes.count)\r\n" }
        let connection = try await TCPConnection.open(port: port)
        try await connection.send(Array((request + "\r\n").utf8) + (bytes ?? []))
        var bytes: [UInt8] = []
        while let piece = await connection.receive() { bytes += piece }
        await connection.close()
        return try HTTPAnswer(bytes)
    }

    private init(_ bytes: [UInt8]) throws {
        let end = bytes.indices.first { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) }
        guard let end else { throw Unreadable() }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = Int(lines[0].dropFirst(9).prefix(3)) else { throw Unreadable() }
        self.status = status
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (
                line[..<colon].lowercased(),
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            )
        }
        body = Array(bytes[(end + 4)...])
    }
}
