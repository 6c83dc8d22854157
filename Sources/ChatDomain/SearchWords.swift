/// How a text is given to the index of words.
///
/// Scripts that put no blanks between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) become overlapping pairs of
/// characters; a pair that is looked for is then found wherever it stands. Everything else stays as it is: the index
/// itself ignores case and accents and splits at punctuation.
public enum SearchWords {
    /// The text for the index: pairs, and at the end of a run its last character alone.
    public static func indexed(_ text: String) -> String {
        spaced(text, isWhole: true).text
    }

    /// A word or phrase that is looked for.
    ///
    /// - Returns: The text for a query of the index, and whether its last word may be the beginning of one: a single
    ///   character at the end begins a pair.
    public static func sought(_ text: String) -> (text: String, endsAlone: Bool) {
        spaced(text, isWhole: false)
    }

    /// Whether there is anything in the text that the index knows.
    static func hasAny(_ text: String) -> Bool {
        text.unicodeScalars.contains {
            isPaired($0) || $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
    }

    /// - Parameter isWhole: whether nothing follows the text; else a run at its end may go on.
    private static func spaced(_ text: String, isWhole: Bool) -> (text: String, endsAlone: Bool) {
        guard text.unicodeScalars.contains(where: { isPaired($0) || $0.value == 0 }) else {
            return (text, false)
        }
        var result = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        var hasPair = false
        for scalar in text.unicodeScalars {
            if isPaired(scalar) {
                result.append(" ")
                if let before = last {
                    result.append(before)
                    result.append(scalar)
                    hasPair = true
                }
                last = scalar
            } else {
                if let end = last {
                    result.append(contentsOf: [" ", end, " "])
                    (last, hasPair) = (nil, false)
                }
                result.append(scalar.value == 0 ? " " : scalar)
            }
        }
        if let end = last, isWhole || !hasPair { result.append(contentsOf: [" ", end]) }
        return (String(result), last != nil && !hasPair)
    }

    /// Whether a character belongs to a script without blanks.
    public static func isPaired(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x0E00: false
        case 0x0E00...0x0EFF: true  // Thai, Lao
        case 0x1000...0x109F: true  // Burmese
        case 0x1780...0x17FF: true  // Khmer
        case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x3029: true  // radicals, marks
        case 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: true  // Kana
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: true  // Han
        default: false
        }
    }
}
