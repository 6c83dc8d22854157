import ChatDomain
import Testing

@Suite("Heads of pages")
struct PageHeadTests {
    private func head(_ html: String, type: String = "text/html; charset=utf-8") -> PageHead {
        PageHead(Array(html.utf8), type: type)
    }

    @Test("Open Graph comes first, then Twitter's names, then what pages always had")
    func order() {
        let all = head(
            """
            <!doctype html><html><head><title>Plain</title>
            <meta name="description" content="Plain words">
            <meta name="twitter:title" content="Bird"><meta name='twitter:description' content='Bird words'>
            <META PROPERTY="og:title" CONTENT="Graph &amp; more"><meta property=og:description content=word>
            <meta property="og:site_name" content="Site"><meta property="og:image" content="/a.png?x=1&amp;y=2">
            </head><body><meta property="og:title" content="late"></body>
            """)
        #expect(all.title == "Graph & more" && all.text == "word" && all.site == "Site")
        #expect(all.image == "/a.png?x=1&y=2")
        let some = head(
            "<title>Plain</title><meta name='twitter:title' content=' '><meta name=description content=d>")
        #expect(some.title == "Plain" && some.text == "d" && some.site == nil && some.image == nil)
        #expect(head("<p>nothing</p>").title == nil)
    }

    @Test("Programs, styles and comments say nothing; entities and white space are undone")
    func noise() {
        let page = head(
            """
            <!-- <title>no</title> --><script>"<title>no</title>"</script><style>a > b {}</style>
            <title>
              Caf&eacute; &#8211; &#x1F600; &unknown; &
              two   lines\u{202E}
            </title>
            """)
        #expect(page.title == "Café – 😀 &unknown; & two lines")
    }

    @Test("Texts are cut", arguments: [(500, 200)])
    func long(length: Int, expected: Int) {
        let page = head("<title>\(String(repeating: "ä", count: length))</title>")
        #expect(page.title?.count == expected)
    }

    @Test("The text is read as the answer says, else as the page says, else as UTF-8")
    func charsets() {
        let latin: [UInt8] = Array("<title>Gr".utf8) + [0xFC, 0xDF, 0x80] + Array("</title>".utf8)
        #expect(PageHead(latin, type: "text/html; charset=ISO-8859-1").title == "Grüß€")
        let meta = Array("<meta charset=\"windows-1252\">".utf8) + latin
        #expect(PageHead(meta, type: "text/html").title == "Grüß€")
        #expect(PageHead(latin, type: "text/html").title == "Gr\u{FFFD}\u{7C0}")
        #expect(PageHead(Array("<title>ü</title>".utf8), type: "text/html").title == "ü")
    }

    @Test(
        "Nothing that a page can be does harm",
        arguments: [
            "", "<", "<!--", "<title", "<title>", "<meta", "<meta property", "<meta property=",
            "<meta property=\"og:title",
            "<meta property='og:title' content=", "<a b c d = e = f>", "</", "</head", "<script>", "<\u{0}>",
            "<<<<>>>>",
            "<meta / / />", "<title></titl", "&#xFFFFFFFF;<title>&#xD800;&#99999999999;</title>",
        ])
    func damaged(html: String) {
        _ = head(html)
    }

    @Test("A long page costs its length")
    func hostile() {
        for piece in [
            "<", "<!--", "<meta ", "<title>", "<script>", "a=\"", "<a a a a a a a a a a a a a a ", "&",
            "</title",
        ] {
            _ = head(String(repeating: piece, count: (1 << 17) / piece.utf8.count))
        }
    }
}
