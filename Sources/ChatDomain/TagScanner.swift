/// Finds tags in the bytes of a page, one after the other. Every step goes forward, so that a page costs its length.
struct TagScanner {
    struct Tag {
        /// In lower case, with `/` before it at the end of an element.
        var name: String
        /// By names in lower case, with entities undone.
        var attributes: [String: String] = [:]
    }

    private static let mostAttributes = 40
    private static let longestValue = 4_096

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next tag; nil at the end of the page.
    mutating func next() -> Tag? {
        while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            place = start + 1
            if bytes[place...].starts(with: "!--".utf8) {
                place = end(of: "-->", from: place + 3) ?? bytes.count
                continue
            }
            guard let first = peek, Self.isLetter(first) || first == UInt8(ascii: "/") else { continue }
            return tag()
        }
        return nil
    }

    /// What stands before the end of the element, as it is shown; passes the end.
    mutating func text(until name: String) -> String {
        let start = place
        let mark = "</" + name
        guard let stop = end(of: mark, from: start) else {
            place = bytes.count
            return ""
        }
        place = stop
        let content = bytes[start..<(stop - mark.utf8.count)]
        return Entities.decoded(String(decoding: content.prefix(Self.longestValue), as: UTF8.self))
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func tag() -> Tag {
        var tag = Tag(name: word { Self.isLetter($0) || $0 == UInt8(ascii: "/") || Self.isDigit($0) })
        while let byte = peek, byte != UInt8(ascii: ">"), tag.attributes.count < Self.mostAttributes {
            let before = place
            let name = word {
                $0 > 0x20 && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
            }
            guard !name.isEmpty else {
                place = before + 1
                continue
            }
            skipBlanks()
            var value = ""
            if peek == UInt8(ascii: "=") {
                place += 1
                skipBlanks()
                value = self.value()
            }
            if tag.attributes[name] == nil { tag.attributes[name] = Entities.decoded(value) }
        }
        place = bytes[place...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.count
        return tag
    }

    private mutating func value() -> String {
        guard let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return raw { $0 > 0x20 && $0 != UInt8(ascii: ">") }
        }
        place += 1
        let value = raw { $0 != quote }
        if peek != nil { place += 1 }
        return value
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte <= 0x20 { place += 1 }
    }

    private mutating func word(_ belongs: (UInt8) -> Bool) -> String { raw(belongs).lowercased() }

    private mutating func raw(_ belongs: (UInt8) -> Bool) -> String {
        let start = place
        while let byte = peek, belongs(byte) { place += 1 }
        return String(decoding: bytes[start..<min(place, start + Self.longestValue)], as: UTF8.self)
    }

    /// The place behind the next occurrence of a text in lower case, in whatever case.
    private func end(of text: String, from start: Int) -> Int? {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count, start <= bytes.count - wanted.count else { return nil }
        for place in start...(bytes.count - wanted.count) where bytes[place] == wanted[0] {
            let isHere = wanted.indices.allSatisfy { index in
                let byte = bytes[place + index]
                return byte == wanted[index] || Self.isLetter(byte) && byte | 0x20 == wanted[index]
            }
            if isHere { return place + wanted.count }
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
