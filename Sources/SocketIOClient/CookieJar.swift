/// The cookies of one server, for one client: names and values, nothing of their attributes but an end.
///
/// A client speaks to one host and one path, so neither domain nor path is compared. Bounded in number and
/// size; what does not fit is not kept.
struct CookieJar: Equatable, Sendable {
    private var cookies: [(name: String, value: String)] = []
    private static let maxCount = 32
    private static let maxLength = 4_096

    /// The value of `Cookie`; nil when there are none.
    var header: String? {
        cookies.isEmpty ? nil : cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
    }

    /// Takes in one `Set-Cookie`.
    mutating func receive(_ setCookie: String) {
        guard setCookie.utf8.count <= Self.maxLength,
            !setCookie.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { return }
        let parts = setCookie.split(separator: ";").map(Self.trimmed)
        guard let pair = parts.first, let equals = pair.firstIndex(of: "="), equals > pair.startIndex else {
            return
        }
        let name = String(pair[..<equals])
        cookies.removeAll { $0.name == name }
        let ends = parts.dropFirst().contains { attribute in
            let lowered = attribute.lowercased()
            return lowered.hasPrefix("max-age=") && Int(lowered.dropFirst(8)).map { $0 <= 0 } ?? false
        }
        guard !ends, cookies.count < Self.maxCount else { return }
        cookies.append((name, String(pair[pair.index(after: equals)...])))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var rest = text
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return rest
    }

    static func == (left: Self, right: Self) -> Bool { left.header == right.header }
}
