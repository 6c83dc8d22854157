import ChatDomain
import Testing

@Suite("Links of a body")
struct LinkScanTests {
    @Test(
        "The first three links of the web, each once, without what stands around them",
        arguments: [
            ("see https://a.example.", ["https://a.example"]),
            ("(http://a.example/x_(y))", ["http://a.example/x_(y)"]),
            ("<https://a.example/b> and https://a.example/b#part", ["https://a.example/b"]),
            ("[text](https://a.example/c)", ["https://a.example/c"]),
            ("HTTPS://A.example", ["HTTPS://A.example"]),
            ("`https://a.example` and ```\nhttps://b.example\n```", []),
            ("xhttps://a.example ftp://b.example", []),
            ("https:// http://? https", []), ("no link", []), ("https://ex\u{e4}mple.org", ["https://ex"]),
            (
                "https://a.example https://b.example https://c.example https://d.example",
                ["https://a.example", "https://b.example", "https://c.example"]
            ),
            ("https://user:secret@a.example/", []),
            ("https://a.example/?q=1&r=2,", ["https://a.example/?q=1&r=2"]),
        ] as [(String, [String])])
    func links(body: String, expected: [String]) {
        #expect(LinkScan(body).links.map(\.text) == expected)
    }

    @Test(
        "Whether a link stands anywhere",
        arguments: [
            ("https://a.example", true), ("see http://", true), ("HTTP://A", true),
            ("`https://a.example`", true),
            ("a: b:// xhttp:/ /", false), ("ttp://a.example", false), ("://", false), ("http:", false),
            ("ftp://b and http://a", true), ("https:/", false), ("", false), ("ſttp://a", false),
        ] as [(String, Bool)])
    func holding(body: String, expected: Bool) {
        #expect(LinkScan.holdsLink(body) == expected)
    }

    @Test(
        "Where a link in a page leads",
        arguments: [
            ("https://b.example/x", "https://b.example/x"), ("//b.example/x", "https://b.example/x"),
            ("/x?y", "https://a.example:8443/x?y"), ("x.png", "https://a.example:8443/dir/x.png"),
            ("javascript:alert(1)", nil),
            ("data:image/png;base64,AA", nil), ("", nil), ("x y", nil),
            ("x/a:b", "https://a.example:8443/dir/x/a:b"),
        ] as [(String, String?)])
    func leading(link: String, expected: String?) throws {
        #expect(try WebURL("https://a.example:8443/dir/page?q=/z").leading(to: link)?.text == expected)
    }

    @Test("A link in a page at the root leads on")
    func root() throws {
        #expect(try WebURL("https://a.example").leading(to: "x.png")?.text == "https://a.example/x.png")
    }
}
