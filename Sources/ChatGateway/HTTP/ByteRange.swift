/// The part of a file that a `Range` asks for (RFC 9110, section 14).
enum ByteRange: Equatable {
    /// No range, or one that is not of the form `bytes=` and one part: everything.
    case everything
    /// These bytes.
    case part(Range<Int>)
    /// The part lies outside of the file.
    case unsatisfiable

    /// What the header's value asks for of a file of `count` bytes.
    init(_ header: String?, count: Int) {
        self = .everything
        guard let header, header.hasPrefix("bytes=") else { return }
        let parts = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Self.number(parts[0]), let last = Self.number(parts[1]) else {
            return
        }
        switch (first, last) {
        case (nil, nil): return
        case (nil, let suffix?):
            self = suffix > 0 && count > 0 ? .part(max(0, count - suffix)..<count) : .unsatisfiable
        case (let start?, let end):
            if let end, end < start { return }
            self = start < count ? .part(start..<min(count - 1, end ?? count - 1) + 1) : .unsatisfiable
        }
    }

    /// A number of at most 15 digits; `.some(nil)` where there is none.
    private static func number(_ text: Substring) -> Int?? {
        if text.isEmpty { return .some(nil) }
        guard text.utf8.count <= 15,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }
}
