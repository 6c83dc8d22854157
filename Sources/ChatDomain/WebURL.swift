/// An address of the web that somebody named: an `http` or `https` address with a host, without a user or fragment, of at most
/// 2,000 characters. Whether the host may be reached is decided at every request.
public struct WebURL: Hashable, Sendable {
    /// The address.
    public let text: String

    /// Checks an address. Throws `InvalidValue` of the field `url`.
    public init(_ text: String) throws(InvalidValue) {
        guard text.utf8.count <= Limits.hookURL else {
            throw InvalidValue(.url, .tooLong(maximum: Limits.hookURL))
        }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw InvalidValue(.url, .forbiddenCharacter)
        }
        let lowered = text.lowercased()
        let rest: Substring
        if lowered.hasPrefix("https://") {
            rest = text.dropFirst(8)
        } else if lowered.hasPrefix("http://") {
            rest = text.dropFirst(7)
        } else {
            throw InvalidValue(.url, .malformed)
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, authority.first != ":", !authority.contains("@"), !rest.contains("#") else {
            throw InvalidValue(.url, .malformed)
        }
        self.text = text
    }

    /// The address that a link in a page, or a redirect, at this address leads to; nil for one that is none of the web.
    public func leading(to link: String) -> WebURL? {
        let lowered = link.lowercased()
        if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") { return try? WebURL(link) }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let scheme = text[..<colon]
        if link.hasPrefix("//") { return try? WebURL("\(scheme):\(link)") }
        let rest = text[text.index(colon, offsetBy: 3)...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        if link.hasPrefix("/") { return try? WebURL("\(scheme)://\(authority)\(link)") }
        // Another scheme is no way inside the site.
        guard !link.isEmpty, !link.prefix(while: { $0 != "/" && $0 != "?" }).contains(":") else { return nil }
        let path = rest.dropFirst(authority.count).prefix { $0 != "?" }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return try? WebURL("\(scheme)://\(authority)\(folder)\(link)")
    }
}
