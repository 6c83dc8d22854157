/// Dates as JavaScript writes them in JSON: `2026-11-25T12:00:00.000Z`.
package enum ISODate {
    /// The farthest that a JavaScript Date reaches from 1970, in milliseconds.
    private static let farthest: Int64 = 8_640_000_000_000_000

    /// The text for a number of milliseconds since 1970; nil for what no Date holds.
    package static func text(_ milliseconds: Int64) -> String? {
        guard (-Self.farthest...Self.farthest).contains(milliseconds) else { return nil }
        let day = milliseconds / 86_400_000 - (milliseconds % 86_400_000 < 0 ? 1 : 0)
        let inDay = milliseconds - day * 86_400_000
        let (year, month, dayOfMonth) = Self.civil(day)
        let time =
            "T\(Self.padded(inDay / 3_600_000, 2)):\(Self.padded(inDay / 60_000 % 60, 2))"
            + ":\(Self.padded(inDay / 1_000 % 60, 2)).\(Self.padded(inDay % 1_000, 3))Z"
        let yearText =
            (0...9_999).contains(year)
            ? Self.padded(year, 4) : (year < 0 ? "-" : "+") + Self.padded(abs(year), 6)
        return "\(yearText)-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))" + time
    }

    /// Year, month and day of a number of days since 1970, by eras of 400 years that begin in March.
    private static func civil(_ day: Int64) -> (Int64, Int64, Int64) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
