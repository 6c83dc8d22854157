internal import EngineIOProtocol
internal import FuzzDriver

/// A request's query and its Origin and Host, separated by line feeds.
@main
struct FuzzEngineRequest {
    static func main() {
        FuzzDriver.run(test)
    }

    private static func test(_ bytes: [UInt8]) {
        let count = bytes.count
        var lines = bytes.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        while lines.count < 4 { lines.append("") }
        let query = RequestQuery(lines[0][...])
        for policy in [OriginPolicy.sameOrigin, .list(["https://chat.example"]), .any] {
            _ = policy.allows(origin: lines[1], host: lines[2])
        }
        if let sid = query.sid { precondition(sid.utf8.count <= count, "a sid longer than the query") }
    }
}
