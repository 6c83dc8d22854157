import ChatDomain
import Testing

@Suite("Whom a body names")
struct MentionScanTests {
    @Test(
        "Names",
        arguments: [
            ("@anna", ["anna"]), ("Hi @Anna!", ["anna"]), ("(@anna, @ben)", ["anna", "ben"]),
            ("@anna.", ["anna", "anna."]), ("@a.b-c_d", ["a.b-c_d"]),
            ("@anna.-", ["anna", "anna.", "anna.-"]),
            ("a@b.com", []), ("é@anna", []), ("http://x/@anna", []), ("@@anna", []), ("@", []),
            ("@ anna", []),
            ("`@anna` @ben", ["ben"]), ("``@anna`` @ben", ["ben"]), ("```\n@anna\n```\n@ben", ["ben"]),
            ("```\n@anna\n@ben", []), ("` @anna", ["anna"]), ("`` ` @anna", ["anna"]),
            ("`@anna`` @ben`", []), ("日本語 @anna", ["anna"]), ("@" + String(repeating: "a", count: 33), []),
        ] as [(String, [String])])
    func names(body: String, expected: [String]) {
        let scan = MentionScan(body)
        #expect(scan.names == Set(expected))
        #expect(!scan.namesAll)
    }

    @Test("Everybody", arguments: ["@room", "hey @all!", "@ROOM.", "x (@all)"])
    func all(body: String) {
        #expect(MentionScan(body).namesAll)
        #expect(MentionScan(body).names.isDisjoint(with: ["room", "all"]))
    }

    @Test("Not everybody", arguments: ["@rooms", "@allan", "`@room`", "room@all"])
    func notAll(body: String) {
        #expect(!MentionScan(body).namesAll)
    }

    @Test("Only so many names are looked at, and hostile bodies end")
    func bounded() {
        let many = (0..<1_000).map { "@u\($0)" }.joined(separator: " ")
        #expect(MentionScan(many).names == Set((0..<Limits.mentions).map { "u\($0)" }))
        let runs = (1..<200).map { String(repeating: "`", count: $0 % 2 + 1) + "x" }.joined(separator: " ")
        #expect(MentionScan("@a " + runs).names == ["a"])
        #expect(MentionScan(String(repeating: "@", count: 20_000)).names.isEmpty)
    }
}
