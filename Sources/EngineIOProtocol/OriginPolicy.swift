/// Which web pages may talk to this server from a browser.
///
/// A browser sends its cookies with a WebSocket to any host, whatever CORS says, so that the check
/// must be made here (cross-site WebSocket hijacking). A request without `Origin` comes from no page
/// and is let through: it carries no cookies that a person did not put there.
public enum OriginPolicy: Equatable, Sendable {
    /// Only pages of the host that the request names itself. The default.
    case sameOrigin
    /// Pages of this server and of the listed origins (`https://chat.example`), compared without case.
    case list([String])
    /// Every page. For public services without cookies only.
    case any

    /// Whether a request with these headers may proceed.
    public func allows(origin: String?, host: String?) -> Bool {
        guard let origin else { return true }
        switch self {
        case .any: return true
        case .sameOrigin: return Self.isSame(origin, host)
        case .list(let origins):
            let wanted = origin.lowercased()
            return Self.isSame(origin, host) || origins.contains { $0.lowercased() == wanted }
        }
    }

    /// Whether an allowed foreign origin should be told so by CORS headers.
    public func isForeign(origin: String?, host: String?) -> Bool {
        guard let origin else { return false }
        return !Self.isSame(origin, host)
    }

    private static func isSame(_ origin: String, _ host: String?) -> Bool {
        guard let host, let mark = origin.range(of: "://") else { return false }
        let scheme = origin[..<mark.lowerBound].lowercased()
        let standardPort: String
        switch scheme {
        case "http": standardPort = ":80"
        case "https": standardPort = ":443"
        default: return false
        }
        let page = origin[mark.upperBound...].lowercased()
        return without(standardPort, page) == without(standardPort, host.lowercased())
    }

    private static func without(_ port: String, _ authority: String) -> Substring {
        authority.hasSuffix(port) ? authority.dropLast(port.count) : authority[...]
    }
}

extension String {
    /// The first place of a short text; the standard library's own search needs more than this room imports.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<(index(start, offsetBy: text.count, limitedBy: endIndex) ?? endIndex)
            }
            start = index(after: start)
        }
        return nil
    }
}
