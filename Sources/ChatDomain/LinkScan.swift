/// The links of a body that pages are fetched for: the first few of the web. What stands in code does not count.
public struct LinkScan: Hashable, Sendable {
    /// The links, each once, in order; at most `Limits.previews`.
    public private(set) var links: [WebURL] = []

    /// Looks through a body.
    public init(_ body: String) {
        // Most messages hold none.
        guard Self.holdsLink(body) else { return }
        let bytes = Array(body.utf8)
        var code = CodeSpans()
        var position = 0
        while position < bytes.count, links.count < Limits.previews {
            if let end = code.end(of: bytes, at: position) {
                position = end
                continue
            }
            guard bytes[position] | 0x20 == UInt8(ascii: "h"),
                position == 0 || !Self.isWord(bytes[position - 1]),
                let end = Self.end(of: bytes, at: position)
            else {
                position += 1
                continue
            }
            if let link = try? WebURL(Self.trimmed(bytes[position..<end])), !links.contains(link) {
                links.append(link)
            }
            position = end
        }
    }

    /// Whether `http://` or `https://` stands somewhere in the body, in code too. Compares bytes: comparing characters, as `contains`
    /// does, costs as much as the rest of sending a message.
    public static func holdsLink(_ body: String) -> Bool {
        var body = body
        return body.withUTF8 { bytes in
            var rest = bytes[...]
            while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
                rest = bytes[(colon + 1)...]
                guard rest.starts(with: "//".utf8) else { continue }
                let before = bytes[..<colon].suffix(5).map { $0 | 0x20 }
                if before.suffix(4).elementsEqual("http".utf8) || before.elementsEqual("https".utf8) {
                    return true
                }
            }
            return false
        }
    }

    /// The end of the link that begins at `start`; nil when none does.
    private static func end(of bytes: [UInt8], at start: Int) -> Int? {
        let rest = bytes[start...]
        let lowered = rest.prefix(8).map { $0 | 0x20 }
        guard lowered.starts(with: "https:".utf8) || lowered.starts(with: "http:".utf8) else { return nil }
        return rest.firstIndex { $0 <= 0x20 || $0 >= 0x7F || stops.contains($0) } ?? bytes.count
    }

    private static let stops = Set("<>\"'`|\\^{}".utf8)

    /// Without the signs of the sentence around it, a bracket that it did not open, and the place in the page.
    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var text = String(decoding: bytes.prefix { $0 != UInt8(ascii: "#") }.prefix(2_100), as: UTF8.self)
        while let last = text.last {
            let isClosing =
                last == ")" && text.count { $0 == ")" } > text.count { $0 == "(" }
            guard isClosing || ".,;:!?*_~]".contains(last) else { break }
            text.removeLast()
        }
        return text
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: byte >= 0x80 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
