/// Slack's form of a text in ours: `<@U1>` becomes `@anna`, `<https://x|y>` a link, `*bold*` `**bold**`, `:tada:` the emoji.
struct SlackText {
    /// Usernames by Slack's ids of people.
    let usernames: [String: String]

    func converted(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "`") {
            result += plain(rest[..<start])
            let fence = rest[start...].prefix { $0 == "`" }
            let after = rest[fence.endIndex...]
            guard let end = after.firstRange(of: String(fence)) else {
                rest = rest[start...]
                break
            }
            result +=
                fence + Self.unescaped(Self.links(after[..<end.lowerBound], usernames, isCode: true)) + fence
            rest = after[end.upperBound...]
        }
        return result + plain(rest)
    }

    private func plain(_ text: Substring) -> String {
        Self.emoji(Self.unescaped(Self.links(Self.bold(text)[...], usernames, isCode: false)))
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    /// What stands in angle brackets.
    private static func links(_ text: Substring, _ usernames: [String: String], isCode: Bool) -> String {
        var result = ""
        var rest = text
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            result += rest[..<start]
            result += link(rest[rest.index(after: start)..<end], usernames, isCode: isCode)
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func link(_ inside: Substring, _ usernames: [String: String], isCode: Bool) -> String {
        let parts = inside.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let (target, label) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
        switch target.first {
        case "@": return "@" + (usernames[String(target.dropFirst())] ?? label ?? String(target.dropFirst()))
        case "#": return "#" + (label ?? String(target.dropFirst()))
        case "!":
            switch target {
            case "!here", "!channel", "!everyone": return "@room"
            default: return label ?? String(target.dropFirst())
            }
        default:
            guard let label, label != target, !isCode else { return target }
            return "[\(label)](\(target))"
        }
    }

    /// One star around words is bold at Slack.
    private static func bold(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let start = rest.firstIndex(of: "*") {
            result += rest[..<start]
            let after = rest[rest.index(after: start)...]
            let isOpening = result.last.map { !$0.isLetter && !$0.isNumber && $0 != "*" } ?? true
            guard isOpening, let end = after.firstIndex(where: { $0 == "*" || $0.isNewline }),
                after[end] == "*",
                let first = after.first, let last = after[..<end].last, !first.isWhitespace,
                !last.isWhitespace
            else {
                result += "*"
                rest = after
                continue
            }
            result += "**" + after[..<end] + "**"
            rest = after[after.index(after: end)...]
        }
        return result + rest
    }

    /// Names of emoji between colons.
    static func emoji(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: ":") {
            result += rest[..<start]
            let after = rest[rest.index(after: start)...]
            let name = after.prefix(40).prefix {
                $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0))
            }
            guard name.endIndex < after.endIndex, after[name.endIndex] == ":",
                let character = EmojiNames.character(of: String(name))
            else {
                result += ":"
                rest = after
                continue
            }
            result += character
            rest = after[after.index(after: name.endIndex)...]
        }
        return result + rest
    }
}
