/// Whom a body names: every `@username`, and whether `@room` or `@all` is among it. What stands in code does not
/// count.
public struct MentionScan: Hashable, Sendable {
    /// The texts that may be usernames, in lower case; at most `Limits.mentions` names were looked at.
    public private(set) var names: Set<String> = []
    /// Whether everybody is named.
    public private(set) var namesAll = false

    /// Looks through a body.
    public init(_ body: String) {
        // Most messages name nobody.
        guard body.utf8.contains(UInt8(ascii: "@")) else { return }
        let bytes = Array(body.utf8)
        var code = CodeSpans()
        var position = 0
        var found = 0
        while position < bytes.count, found < Limits.mentions {
            if let end = code.end(of: bytes, at: position) {
                position = end
                continue
            }
            guard bytes[position] == UInt8(ascii: "@"), position == 0 || !Self.isWord(bytes[position - 1])
            else {
                position += 1
                continue
            }
            var end = position + 1
            while end < bytes.count, Self.isUsername(bytes[end]) { end += 1 }
            if end > position + 1 {
                found += 1
                add(bytes[(position + 1)..<end])
            }
            position = end
        }
    }

    /// "@anna." is Anna at the end of a sentence, unless somebody is called "anna.".
    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes.prefix(Limits.username.upperBound + 1)
        guard rest.count <= Limits.username.upperBound else { return }
        while !rest.isEmpty {
            let name = String(decoding: rest, as: UTF8.self).lowercased()
            if name == "room" || name == "all" {
                namesAll = true
                return
            }
            names.insert(name)
            guard let last = rest.last, Self.isPunctuation(last) else { return }
            rest = rest.dropLast()
        }
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isUsername(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: isPunctuation(byte)
        }
    }

    /// Whether an `@` after this byte belongs to a word, as in an address of electronic mail. Letters beyond ASCII too.
    private static func isWord(_ byte: UInt8) -> Bool {
        isUsername(byte) || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "/") || byte >= 0x80
    }
}

/// Finds code in a body: a run of backticks up to the next run of the same length.
struct CodeSpans {
    /// Lengths of which there is no further run.
    private var unclosed: Set<Int> = []

    /// The place after the code that begins at `start`; nil when none does.
    mutating func end(of bytes: [UInt8], at start: Int) -> Int? {
        let tick = UInt8(ascii: "`")
        guard bytes[start] == tick else { return nil }
        var length = 0
        while start + length < bytes.count, bytes[start + length] == tick { length += 1 }
        guard !unclosed.contains(length) else { return start + length }
        var position = start + length
        while position < bytes.count {
            var run = 0
            while position + run < bytes.count, bytes[position + run] == tick { run += 1 }
            if run == length { return position + run }
            position += max(run, 1)
        }
        // A fence that is never closed reaches to the end; single backticks are then just backticks.
        if length >= 3 { return bytes.count }
        unclosed.insert(length)
        return start + length
    }
}
