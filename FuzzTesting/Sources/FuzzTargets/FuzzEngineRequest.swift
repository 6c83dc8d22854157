internal import EngineIOProtocol

/// A request's query and its Origin and Host, separated by line feeds.
enum FuzzEngineRequest {
    static func test(_ bytes: [UInt8]) {
        var lines = bytes.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        while lines.count < 4 { lines.append("") }
        let query = RequestQuery(lines[0][...])
        for policy in [OriginPolicy.sameOrigin, .list(["https://chat.example"]), .any] {
            _ = policy.allows(origin: lines[1], host: lines[2])
        }
        // Measured against the text: bytes that are no UTF-8 take more room as U+FFFD.
        if let sid = query.sid {
            precondition(sid.utf8.count <= lines[0].utf8.count, "a sid longer than the query")
        }
    }
}
