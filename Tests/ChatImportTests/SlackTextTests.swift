import Testing

@testable import ChatImport

@Suite("Slack's form of text")
struct SlackTextTests {
    @Test(
        "Mentions, links, bold, emoji and escapes become ours; code stays",
        arguments: [
            ("hello <@U1>!", "hello @anna!"), ("<@U9|bob> and <@U9>", "@bob and @U9"),
            ("<#C1|general>", "#general"), ("<!channel> <!here|here>", "@room @room"),
            ("<https://x.example|docs>", "[docs](https://x.example)"),
            ("<https://x.example>", "https://x.example"),
            ("<mailto:a@b.c|a@b.c>", "[a@b.c](mailto:a@b.c)"),
            ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"), ("&amp;lt;", "&lt;"),
            ("*bold* and 2*3*4", "**bold** and 2*3*4"), ("* not bold *", "* not bold *"), ("*", "*"),
            (":tada: :unknown_one: 10:30:20", "🎉 :unknown_one: 10:30:20"),
            (":+1::skin-tone-2:", "👍:skin-tone-2:"),
            ("`*a* :tada: &lt;`", "`*a* :tada: <`"), ("```*a*``` *b*", "```*a*``` **b**"), ("`open", "`open"),
            ("<", "<"), ("", ""), ("<@U1", "<@U1"),
        ])
    func converted(text: String, expected: String) {
        #expect(SlackText(usernames: ["U1": "anna"]).converted(text) == expected)
    }
}
