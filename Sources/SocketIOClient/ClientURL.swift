internal import FoundationEssentials

/// Where a client connects to, taken apart once.
struct ClientURL: Equatable, Sendable {
    let isSecure: Bool
    let host: String
    let port: Int
    /// The query of the URL, as it was.
    let query: String

    /// - Parameter text: `http`, `https`, `ws` or `wss`, a host, and perhaps a port and a query.
    init(_ text: String) throws(ClientError) {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased() else {
            throw .invalidURL("\(text) is no URL")
        }
        switch scheme {
        case "http", "ws": isSecure = false
        case "https", "wss": isSecure = true
        default: throw .invalidURL("http, https, ws or wss, not \(scheme)")
        }
        guard let host = url.host(percentEncoded: false), !host.isEmpty,
            !host.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
        else { throw .invalidURL("\(text) names no host") }
        self.host = host
        port = url.port ?? (isSecure ? 443 : 80)
        guard (1...65_535).contains(port) else { throw .invalidURL("port \(port)") }
        let path = url.path(percentEncoded: true)
        guard path.isEmpty || path == "/" else {
            throw .invalidURL("a namespace goes to connect(_:), the server's path to Configuration.path")
        }
        query = url.query(percentEncoded: true) ?? ""
    }

    /// The value of `Host`: an IPv6 address in brackets, the port where it is not the scheme's own.
    var hostHeader: String {
        let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// The host without brackets, for the system and for certificates.
    var address: String { host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host }

    /// `text` with everything but unreserved characters as %XX (RFC 3986, section 2.3).
    static func percentEncoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
