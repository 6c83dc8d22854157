internal import EngineIOProtocol
internal import NIOHTTP1

/// What browsers are told about requests from other origins, when ``EngineConfiguration/origins`` lets some in.
///
/// The options and their defaults are those of the `cors` module that the reference uses, but for two: cookies are
/// allowed unless switched off, as the origins are chosen ones; and where every origin is (`OriginPolicy.any`), cookies
/// never are.
public struct CORSOptions: Sendable, Equatable {
    /// `Access-Control-Allow-Methods` of a preflight.
    public var methods = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"]
    /// `Access-Control-Allow-Headers` of a preflight; nil allows what the browser asks for.
    public var allowedHeaders: [String]?
    /// `Access-Control-Expose-Headers`: the headers of an answer that a page may read.
    public var exposedHeaders: [String] = []
    /// Whether pages may send cookies.
    public var credentials = true
    /// Seconds that a browser may keep the answer to a preflight; nil leaves it to the browser.
    public var maxAge: Int?
    /// Whether a preflight goes on to the middlewares, which then answer it; else it is answered at once.
    public var preflightContinue = false
    /// The status of the answer to a preflight. Some old browsers choke on 204.
    public var optionsSuccessStatus = 204

    /// The defaults.
    public init() {}

    func validate() throws(EngineConfigurationError) {
        for method in methods where !HTTPField.isToken(method) {
            throw EngineConfigurationError("cors.methods", "holds what is no HTTP method")
        }
        for name in (allowedHeaders ?? []) + exposedHeaders where !HTTPField.isToken(name) {
            throw EngineConfigurationError("cors", "names a header that is no header name")
        }
        if let maxAge, maxAge < 0 { throw EngineConfigurationError("cors.maxAge", "is negative") }
        guard (200...299).contains(optionsSuccessStatus) else {
            throw EngineConfigurationError("cors.optionsSuccessStatus", "is no status of success")
        }
    }

    /// Adds the headers for a request with these properties.
    func addHeaders(
        to headers: inout HTTPHeaders, for head: HTTPRequestHead, origins: OriginPolicy, isSecure: Bool
    ) {
        guard origins.usesCORS else { return }
        let isPreflight = head.method == .OPTIONS
        let reflects = isPreflight && allowedHeaders == nil
        var sendsCookies = credentials
        var allowed: String?
        if case .any = origins {
            allowed = "*"
            sendsCookies = false
            if reflects { headers.add(name: "Vary", value: "Access-Control-Request-Headers") }
        } else {
            headers.add(name: "Vary", value: reflects ? "Origin, Access-Control-Request-Headers" : "Origin")
            if let origin = head.headers.first(name: "origin"), OriginPolicy.isLegal(origin),
                origins.allows(
                    origin: origin, host: head.headers.first(name: "host"), isSecure: isSecure)
            {
                allowed = origin
            }
        }
        // A page that may not read the answer needs to know nothing more.
        guard let allowed else { return }
        headers.add(name: "Access-Control-Allow-Origin", value: allowed)
        if sendsCookies { headers.add(name: "Access-Control-Allow-Credentials", value: "true") }
        if isPreflight { addPreflight(to: &headers, for: head) }
        if !exposedHeaders.isEmpty {
            headers.add(name: "Access-Control-Expose-Headers", value: exposedHeaders.joined(separator: ","))
        }
    }

    private func addPreflight(to headers: inout HTTPHeaders, for head: HTTPRequestHead) {
        headers.add(name: "Access-Control-Allow-Methods", value: methods.joined(separator: ","))
        if let names = allowedHeaders?.joined(separator: ",")
            ?? head.headers.first(name: "access-control-request-headers"),
            !names.isEmpty, HTTPField.isTokenList(names)
        {
            headers.add(name: "Access-Control-Allow-Headers", value: names)
        }
        if let maxAge { headers.add(name: "Access-Control-Max-Age", value: String(maxAge)) }
    }
}
