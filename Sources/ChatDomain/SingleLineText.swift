/// The rule that names, topics and search texts share: one line, trimmed, of a bounded number of Unicode scalars,
/// without characters that act on the line around them.
enum SingleLineText {
    /// The trimmed text, or the broken rule.
    static func checked(
        _ text: String, field: InvalidValue.Field, length: ClosedRange<Int>
    ) throws(InvalidValue) -> String {
        let trimmed = trimming(text)
        var count = 0
        for scalar in trimmed.unicodeScalars {
            guard isAllowed(scalar) else { throw InvalidValue(field, .forbiddenCharacter) }
            count += 1
            guard count <= length.upperBound else {
                throw InvalidValue(field, .tooLong(maximum: length.upperBound))
            }
        }
        guard count >= length.lowerBound else {
            throw InvalidValue(field, .tooShort(minimum: length.lowerBound))
        }
        return trimmed
    }

    /// The text without white space at its ends.
    static func trimming(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Controls, line ends, and the marks that reorder the text around them (a name must not turn a line around).
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: return false
        default: break
        }
        return !isReordering(scalar)
    }

    /// The marks that reorder the text around them.
    static func isReordering(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C, 0xFEFF: true
        default: false
        }
    }
}
