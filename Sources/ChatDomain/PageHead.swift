/// What the head of a page says of it: Open Graph, else Twitter's names, else title and description.
///
/// Reads a bounded part of hostile bytes; builds no tree and runs nothing.
public struct PageHead: Hashable, Sendable {
    /// The title, on one line.
    public private(set) var title: String?
    /// What it is about, on one line.
    public private(set) var text: String?
    /// The name of the site.
    public private(set) var site: String?
    /// A picture: a link as it stands in the page.
    public private(set) var image: String?

    private static let mostTags = 3_000

    /// Reads a page. `type` is the field `Content-Type` of the answer that it came by.
    public init(_ bytes: [UInt8], type: String) {
        var scanner = TagScanner(Array(Self.decoded(bytes, type: type).utf8))
        var metas: [String: String] = [:]
        var plain: String?
        var count = 0
        while count < Self.mostTags, let tag = scanner.next() {
            count += 1
            switch tag.name {
            case "meta":
                guard let name = tag.attributes["property"] ?? tag.attributes["name"],
                    let content = tag.attributes["content"]
                else { break }
                if metas[name.lowercased()] == nil { metas[name.lowercased()] = content }
            case "title":
                let said = scanner.text(until: "title")
                plain = plain ?? said
            case "script", "style", "noscript", "template": _ = scanner.text(until: tag.name)
            case "body", "/head": count = Self.mostTags
            default: break
            }
        }
        func first(_ names: String..., most: Int) -> String? {
            names.lazy.compactMap { metas[$0] }.map { Self.line($0, most) }.first { !$0.isEmpty }
        }
        title =
            first("og:title", "twitter:title", most: 200)
            ?? plain.map { Self.line($0, 200) }.flatMap { $0.isEmpty ? nil : $0 }
        text = first("og:description", "twitter:description", "description", most: 300)
        site = first("og:site_name", "application-name", most: 80)
        image = first(
            "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src",
            most: 2_000)
    }

    /// The text of the bytes: what the answer says it is, else what the page says, else UTF-8.
    private static func decoded(_ bytes: [UInt8], type: String) -> String {
        let beginning = String(decoding: bytes.prefix(1_024).map { $0 < 0x80 ? $0 : 0x20 }, as: UTF8.self)
        switch charset(in: type) ?? charset(in: beginning) {
        case "iso-8859-1", "latin1", "windows-1252", "iso-8859-15":
            var scalars = String.UnicodeScalarView()
            for byte in bytes { scalars.append(scalar(byte)) }
            return String(scalars)
        default: return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func charset(in text: String) -> String? {
        let lowered = text.lowercased()
        guard let found = lowered.firstRange(of: "charset=") else { return nil }
        let name = lowered[found.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }.prefix {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
        }
        return name.isEmpty ? nil : String(name)
    }

    /// A byte of windows-1252, which is what pages mean by Latin-1.
    private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        return Unicode.Scalar(upper[Int(byte) - 0x80]) ?? "\u{FFFD}"
    }

    private static let upper: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
        0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    ]

    /// On one line, without what acts on the line around it, cut at so many characters.
    private static func line(_ text: String, _ most: Int) -> String {
        var result = String.UnicodeScalarView()
        var isBlank = true
        for scalar in text.unicodeScalars where !SingleLineText.isReordering(scalar) {
            let isSpace = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
            if !isSpace || !isBlank { result.append(isSpace ? " " : scalar) }
            isBlank = isSpace
            if result.count >= most { break }
        }
        while result.last == " " { result.removeLast() }
        return String(result)
    }
}
