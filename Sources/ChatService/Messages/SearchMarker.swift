internal import ChatDomain
internal import Foundation

/// Finds the words of a search in a body, as the index did: without case and accents, words from their beginning, characters
/// of scripts without blanks anywhere.
struct SearchMarker {
    private struct Wanted {
        let characters: [String]
        let isPrefix: Bool
        /// Scripts without blanks have no beginnings of words.
        let isAnywhere: Bool
    }

    private struct Place {
        let folded: String
        let start: Int
        let length: Int
        let isWord: Bool
    }

    private let wanted: [Wanted]

    init(_ terms: [MessageQuery.Term]) {
        wanted = terms.compactMap { term in
            let places = Self.places(of: term.text)
            guard let first = places.firstIndex(where: \.isWord), let last = places.lastIndex(where: \.isWord)
            else { return nil }
            let paired = term.text.unicodeScalars.contains { SearchWords.isPaired($0) }
            return Wanted(
                characters: places[first...last].map(\.folded), isPrefix: term.isPrefix, isAnywhere: paired)
        }
    }

    func marks(in body: String) -> [SearchMark] {
        guard !wanted.isEmpty else { return [] }
        let places = Self.places(of: body)
        var marks: [SearchMark] = []
        var position = 0
        while position < places.count, marks.count < Limits.searchMarks {
            let length = wanted.map { fits($0, places, at: position) }.max() ?? 0
            if length > 0 {
                let last = places[position + length - 1]
                marks.append(
                    SearchMark(
                        start: places[position].start,
                        length: last.start + last.length - places[position].start))
            }
            position += max(length, 1)
        }
        return marks
    }

    /// How many characters from `position` on are what is wanted; 0 when they are not.
    private func fits(_ wanted: Wanted, _ places: [Place], at position: Int) -> Int {
        let count = wanted.characters.count
        guard places.count - position >= count else { return 0 }
        for offset in 0..<count where places[position + offset].folded != wanted.characters[offset] {
            return 0
        }
        guard !wanted.isAnywhere else { return count }
        if position > 0, places[position - 1].isWord { return 0 }
        let end = position + count
        if !wanted.isPrefix, end < places.count, places[end].isWord { return 0 }
        return count
    }

    private static func places(of text: String) -> [Place] {
        var places: [Place] = []
        var start = 0
        for character in text {
            let length = character.utf16.count
            if let byte = character.asciiValue {
                let isUpper = 65...90 ~= byte
                let folded = isUpper ? byte | 32 : byte
                places.append(
                    Place(
                        folded: String(UnicodeScalar(folded)), start: start, length: length,
                        isWord: 48...57 ~= byte || 97...122 ~= folded))
            } else {
                places.append(
                    Place(
                        folded: String(character).folding(
                            options: [.caseInsensitive, .diacriticInsensitive], locale: nil),
                        start: start, length: length, isWord: character.isLetter || character.isNumber))
            }
            start += length
        }
        return places
    }
}
