/// Where an outgoing webhook posts to: an `http` or `https` address with a host, without a user or fragment, of at most
/// 2,000 characters. Whether the host may be reached is decided at every delivery.
public struct HookURL: Hashable, Sendable {
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
}
