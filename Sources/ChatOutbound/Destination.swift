internal import ChatDomain

/// The parts of an address that a request needs.
struct Destination: Sendable {
    let isSecure: Bool
    /// A name, or a literal address without brackets.
    let host: String
    let port: Int
    /// With the query.
    let path: String
    /// As it stands in the address: for the field `Host`.
    let authority: String

    /// nil for an address that cannot be asked: a strange port, a strange host.
    init?(_ url: WebURL) {
        isSecure = url.text.lowercased().hasPrefix("https://")
        let rest = url.text.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let tail = rest.dropFirst(authority.count)
        path = tail.isEmpty ? "/" : tail.first == "?" ? "/" + tail : String(tail)
        self.authority = String(authority)
        var name = authority
        var port = isSecure ? 443 : 80
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            name = authority[authority.index(after: authority.startIndex)..<end]
            let after = authority[authority.index(after: end)...]
            if !after.isEmpty {
                guard after.first == ":", let number = Int(after.dropFirst()) else { return nil }
                port = number
            }
        } else if let colon = authority.firstIndex(of: ":") {
            guard let number = Int(authority[authority.index(after: colon)...]) else { return nil }
            port = number
            name = authority[..<colon]
        }
        let isKnown = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"),
                UInt8(ascii: ":"):
                true
            default: false
            }
        }
        // Ports below 1024 belong to other protocols, which could take a request for one of theirs.
        guard isKnown, !name.isEmpty, name.utf8.count <= 253,
            [80, 443].contains(port) || (1_024...65_535).contains(port)
        else { return nil }
        self.host = String(name)
        self.port = port
    }
}
