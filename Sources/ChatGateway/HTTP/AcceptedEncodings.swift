/// The content codings that a client takes, by its `Accept-Encoding` (RFC 9110, section 12.5.3).
struct AcceptedEncodings: Sendable {
    private let names: Set<String>

    /// Reads the header's value. A coding with the weight 0 is refused, whatever else is said of it.
    init(_ header: String) {
        var names: Set<String> = []
        for entry in header.split(separator: ",") {
            let parts = entry.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let name = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
            if (weight ?? 1) > 0 { names.insert(name) }
        }
        self.names = names
    }

    /// Whether the client takes the coding, which is written in lower case.
    func contains(_ name: String) -> Bool { names.contains(name) }
}
