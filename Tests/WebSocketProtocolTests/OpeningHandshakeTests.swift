internal import Testing
internal import WebSocketProtocol

/// A change to a sound request, and what it must lead to.
struct Change: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var violation: HandshakeViolation?
    var make: @Sendable (inout OpeningHandshake.Request) -> Void

    init(
        _ name: String, _ violation: HandshakeViolation? = nil,
        _ make: @escaping @Sendable (inout OpeningHandshake.Request) -> Void
    ) {
        self.testDescription = name
        self.violation = violation
        self.make = make
    }
}

@Suite struct OpeningHandshakeTests {
    static let sound = OpeningHandshake.Request(
        method: "GET", httpVersionMajor: 1, httpVersionMinor: 1, upgrade: ["websocket"],
        connection: ["Upgrade"], version: ["13"], key: ["dGhlIHNhbXBsZSBub25jZQ=="])

    static func accept(_ request: OpeningHandshake.Request) -> Result<String, HandshakeViolation> {
        do throws(HandshakeViolation) {
            return .success(try OpeningHandshake.accept(request))
        } catch {
            return .failure(error)
        }
    }

    @Test("RFC 6455 section 1.3")
    func example() {
        #expect(OpeningHandshake.acceptKey(for: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(Self.accept(Self.sound) == .success("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
    }

    @Test("What is accepted", arguments: Self.accepted)
    func accepts(_ change: Change) {
        var request = Self.sound
        change.make(&request)
        #expect(Self.accept(request) == .success("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
    }

    static let accepted: [Change] = [
        Change("Upgrade in another case") { $0.upgrade = ["WebSocket"] },
        Change("Upgrade as a list") { $0.upgrade = ["foo/1, \tWEBSOCKET ,bar"] },
        Change("Upgrade in several lines") { $0.upgrade = ["h2c", "websocket"] },
        Change("Upgrade with empty elements") { $0.upgrade = [",, ,websocket"] },
        Change("Connection in another case") { $0.connection = ["uPGRADE"] },
        Change("Connection as Firefox sends it") { $0.connection = ["keep-alive, Upgrade"] },
        Change("Connection in several lines") { $0.connection = ["keep-alive", "Upgrade"] },
        Change("HTTP/1.2") { $0.httpVersionMinor = 2 },
        Change("HTTP/2.0") {
            $0.httpVersionMajor = 2
            $0.httpVersionMinor = 0
        },
        Change("space around the version") { $0.version = [" 13\t"] },
        Change("space around the key") { $0.key = ["\t dGhlIHNhbXBsZSBub25jZQ== "] },
        Change("a million spaces around a token, in linear time") {
            let spaces = String(repeating: " ", count: 500_000)
            $0.upgrade = [spaces + "websocket" + spaces]
        },
    ]

    @Test("What is refused", arguments: Self.refused)
    func refuses(_ change: Change) throws {
        var request = Self.sound
        change.make(&request)
        let violation = try #require(change.violation)
        #expect(Self.accept(request) == .failure(violation))
        #expect(violation.status == (violation == .versionUnsupported ? 426 : 400))
    }

    static let refused: [Change] = [
        Change("POST", .methodNotGet) { $0.method = "POST" },
        Change("method in small letters", .methodNotGet) { $0.method = "get" },
        Change("HTTP/1.0", .httpVersionTooOld) { $0.httpVersionMinor = 0 },
        Change("HTTP/0.9", .httpVersionTooOld) {
            $0.httpVersionMajor = 0
            $0.httpVersionMinor = 9
        },
        Change("no Upgrade", .upgradeNotWebSocket) { $0.upgrade = [] },
        Change("empty Upgrade", .upgradeNotWebSocket) { $0.upgrade = [""] },
        Change("Upgrade to something else", .upgradeNotWebSocket) { $0.upgrade = ["h2c"] },
        Change("Upgrade to more than websocket", .upgradeNotWebSocket) { $0.upgrade = ["websockets"] },
        Change("Upgrade to less than websocket", .upgradeNotWebSocket) { $0.upgrade = ["web socket"] },
        Change("Upgrade with a letter that looks the same", .upgradeNotWebSocket) {
            $0.upgrade = ["web\u{17f}ocket"]
        },
        Change("Upgrade beyond ASCII", .upgradeNotWebSocket) { $0.upgrade = ["\u{ff}websocket"] },
        Change("no Connection", .connectionNotUpgrade) { $0.connection = [] },
        Change("Connection: close", .connectionNotUpgrade) { $0.connection = ["close"] },
        Change("Connection: upgraded", .connectionNotUpgrade) { $0.connection = ["upgraded"] },
        Change("no version", .versionMissing) { $0.version = [] },
        Change("two versions", .versionRepeated) { $0.version = ["13", "13"] },
        Change("version 8", .versionUnsupported) { $0.version = ["8"] },
        Change("version list", .versionUnsupported) { $0.version = ["13, 8"] },
        Change("version 013", .versionUnsupported) { $0.version = ["013"] },
        Change("empty version", .versionUnsupported) { $0.version = [""] },
        Change("no key", .keyMissing) { $0.key = [] },
        Change("two keys", .keyRepeated) { $0.key += $0.key },
        Change("empty key", .keyMalformed) { $0.key = [""] },
        Change("key of 15 bytes", .keyMalformed) { $0.key = ["dGhlIHNhbXBsZSBub25j"] },
        Change("key of 17 bytes", .keyMalformed) { $0.key = ["dGhlIHNhbXBsZSBub25jZWU="] },
        Change("key of 18 bytes", .keyMalformed) { $0.key = ["dGhlIHNhbXBsZSBub25jZWVl"] },
        Change("key of 19 bytes", .keyMalformed) { $0.key = ["dGhlIHNhbXBsZSBub25jZWVlZQ=="] },
        Change("key with too much padding", .keyMalformed) { $0.key = ["dGhlIHNhbXBsZSBub25jZQ==="] },
        Change("key without padding", .keyMalformed) { $0.key = ["dGhlIHNhbXBsZSBub25jZQ"] },
        Change("key with padding in the middle", .keyMalformed) { $0.key = ["dGhlIHNhbXBsZSBub25j=Q=="] },
        Change("key in the URL alphabet", .keyMalformed) { $0.key = ["dGhlIHNhbXBsZSBub-5j_Q=="] },
        Change("key with a space inside", .keyMalformed) { $0.key = ["dGhlIHNhbXBs SBub25jZQ=="] },
        Change("key beyond ASCII", .keyMalformed) { $0.key = ["\u{e9}hlIHNhbXBsZSBub25jZQ=="] },
    ]

    @Test("Every violation has a reason of its own, short and ASCII")
    func reasons() {
        let reasons = HandshakeViolation.allCases.map(\.reason)
        #expect(Set(reasons).count == HandshakeViolation.allCases.count)
        #expect(
            reasons.allSatisfy { !$0.isEmpty && $0.utf8.count <= 123 && $0.utf8.allSatisfy { $0 < 0x7f } })
        #expect(Set(Self.refused.compactMap(\.violation)).count == HandshakeViolation.allCases.count)
    }
}
