/// Which web pages may talk to this server from a browser.
///
/// A browser sends its cookies with a WebSocket to any host, whatever CORS says, so that the check
/// must be made here (cross-site WebSocket hijacking). A request without `Origin` comes from no page
/// and is let through: it carries no cookies that a person did not put there.
public enum OriginPolicy: Sendable {
    /// Only pages of the host that the request names itself. The default; no CORS headers are sent.
    case sameOrigin
    /// Pages of this server and of the listed origins (`https://chat.example`), compared without case.
    case list([String])
    /// Pages of this server and of the origins that the function accepts, which it gets as they came.
    ///
    /// The place for patterns: `.matching { $0.wholeMatch(of: /https:\/\/[a-z]+\.example/) != nil }`. Match the
    /// whole text: `https://chat.example.evil.example` contains more than one expects.
    case matching(@Sendable (String) -> Bool)
    /// Every page. For public services without cookies only: browsers are told `*`, never to send cookies.
    case any

    /// Whether a request with these headers may proceed.
    ///
    /// - Parameters:
    ///   - origin: the request's `Origin`, if it has one.
    ///   - host: the request's `Host`.
    ///   - isSecure: whether the request came encrypted up to this process. Then a page of the same host that
    ///     was not is a foreign one: whoever sits on the way could have written it. Behind a proxy the scheme is not
    ///     known here, and the host alone decides.
    public func allows(origin: String?, host: String?, isSecure: Bool = false) -> Bool {
        guard let origin else { return true }
        switch self {
        case .any: return true
        case .sameOrigin: return Self.isSame(origin, host, isSecure)
        case .list(let origins):
            let wanted = Self.lowercased(origin)
            return Self.isSame(origin, host, isSecure) || origins.contains { Self.lowercased($0) == wanted }
        case .matching(let accepts): return Self.isSame(origin, host, isSecure) || accepts(origin)
        }
    }

    /// Whether an allowed foreign origin should be told so by CORS headers.
    public func isForeign(origin: String?, host: String?, isSecure: Bool = false) -> Bool {
        guard let origin else { return false }
        return !Self.isSame(origin, host, isSecure)
    }

    /// Whether browsers are told by CORS headers that pages of other origins may read the answers.
    public var usesCORS: Bool {
        switch self {
        case .sameOrigin: false
        case .list, .matching, .any: true
        }
    }

    /// Whether an `Origin` header holds nothing but printable ASCII, as RFC 6454 says; only such a value is echoed.
    public static func isLegal(_ origin: String) -> Bool {
        origin.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// Compared byte by byte: an Origin is ASCII, and no other character may pass for one of it.
    private static func isSame(_ origin: String, _ host: String?, _ isSecure: Bool) -> Bool {
        guard let host else { return false }
        let page = lowercased(origin)
        for (scheme, standardPort) in [("http://", ":80"), ("https://", ":443")]
        where page.starts(with: scheme.utf8) {
            guard !isSecure || standardPort == ":443" else { return false }
            let authority = without(standardPort, page.dropFirst(scheme.utf8.count))
            return !authority.isEmpty && authority == without(standardPort, ArraySlice(lowercased(host)))
        }
        return false
    }

    private static func lowercased(_ text: String) -> [UInt8] {
        text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    private static func without(_ port: String, _ authority: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        authority.suffix(port.utf8.count).elementsEqual(port.utf8)
            ? authority.dropLast(port.utf8.count) : authority
    }
}
