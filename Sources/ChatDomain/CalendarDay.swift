/// A day of the calendar, from `2026-11-25`.
struct CalendarDay {
    /// Days since 1 January 1970.
    let number: Int

    /// Nil for what is no day between the years 1970 and 9999.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, text.utf8.count == 10, text.utf8.allSatisfy({ $0 == 45 || 48...57 ~= $0 }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            1970...9999 ~= year, 1...12 ~= month, 1...Self.days(of: month, year) ~= day
        else { return nil }
        // March is the first month: then the odd day of leap years is the last one.
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        number = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    private static func days(of month: Int, _ year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
