internal import NIOHTTP1
internal import Testing

@testable internal import EngineIO

@Suite("The head of a request, packed")
struct PackedHeadTests {
    @Test("It comes back as it was")
    func roundTrip() {
        let heads = [
            HTTPRequestHead(version: .http1_1, method: .GET, uri: "/"),
            HTTPRequestHead(
                version: .http1_0, method: .RAW(value: "BREW"), uri: "",
                headers: ["Host": "chat.example", "x": "", "Cookie": "a=b", "cookie": "c=d"]),
            HTTPRequestHead(
                version: .http2, method: .OPTIONS,
                uri: "/socket.io/?a=" + String(repeating: "é", count: 5_000),
                headers: [
                    String(repeating: "n", count: 127): String(repeating: "v", count: 128),
                    "Ö": "line\nnul\0",
                    "last": String(repeating: "w", count: 16_384),
                ]),
        ]
        for head in heads {
            let back = PackedHead(head).head
            #expect(back == head)
            // Equal headers may differ in case and order; these must not.
            #expect(back.headers.map(\.name) == head.headers.map(\.name))
            #expect(back.headers.map(\.value) == head.headers.map(\.value))
        }
    }
}
