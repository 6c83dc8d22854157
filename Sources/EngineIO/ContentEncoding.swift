/// How an answer's body may be compressed.
enum ContentEncoding: String, Sendable, CaseIterable {
    /// Only of files that somebody else has compressed.
    case brotli = "br"
    case gzip
    case deflate

    /// Those that are made here.
    static let made: [ContentEncoding] = [.gzip, .deflate]

    /// The encoding of those `available` that a client prefers, by its `Accept-Encoding`; nil when it wants none of them.
    ///
    /// Of two that it likes as much the first is taken. A name may be given with a weight (`gzip;q=0.5`); weight 0
    /// forbids it, and `*` stands for those that are not named.
    static func preferred(
        _ header: String?, of available: [ContentEncoding] = made
    ) -> ContentEncoding? {
        guard let header else { return nil }
        var named: [ContentEncoding: Int] = [:]
        var others = 0
        var identity: Int?
        for item in header.utf8.split(separator: UInt8(ascii: ",")) {
            let parts = item.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            guard let name = parts.first.map({ Substring($0).trimmed.lowercased() }), !name.isEmpty else {
                continue
            }
            let weight =
                parts.dropFirst().lazy.compactMap { Self.quality(Substring($0).trimmed) }.first ?? 1_000
            switch name {
            case "gzip", "x-gzip": named[.gzip] = weight
            case "br": named[.brotli] = weight
            case "deflate": named[.deflate] = weight
            case "identity": identity = weight
            case "*": others = weight
            default: break
            }
        }
        var best: (encoding: ContentEncoding, weight: Int)?
        for encoding in available {
            let weight = named[encoding] ?? others
            if weight > best?.weight ?? 0 { best = (encoding, weight) }
        }
        guard let best, identity.map({ $0 <= best.weight }) ?? true else { return nil }
        return best.encoding
    }

    /// The thousandths of a `q=` parameter; nil for another one. A weight that is none counts as 0.
    private static func quality(_ parameter: Substring) -> Int? {
        guard parameter.utf8.count >= 2, parameter.prefix(2).lowercased() == "q=" else { return nil }
        let text = parameter.dropFirst(2).utf8
        guard text.count <= 5, let whole = text.first, whole == 0x30 || whole == 0x31 else { return 0 }
        var weight = whole == 0x31 ? 1_000 : 0
        var unit = 100
        for (position, byte) in text.dropFirst().enumerated() {
            guard position > 0 else {
                if byte == 0x2E { continue }
                return 0
            }
            guard (0x30...0x39).contains(byte) else { return 0 }
            weight += Int(byte - 0x30) * unit
            unit /= 10
        }
        return min(weight, 1_000)
    }
}

extension Substring {
    /// Without blanks at either end.
    fileprivate var trimmed: Substring {
        var text = self
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
