internal import ArgumentParser

/// An address to listen on, `127.0.0.1:9464` or `[::1]:9464`; a port alone is one of the loopback address.
struct ListenAddress: Sendable, Equatable {
    let host: String
    let port: Int

    init(_ text: String, name: String) throws {
        let (host, port) =
            text.lastIndex(of: ":").map { (String(text[..<$0]), text[text.index(after: $0)...]) }
            ?? ("127.0.0.1", text[...])
        guard let port = Int(port), (0...65_535).contains(port), !host.isEmpty else {
            throw ValidationError("\(name): ADDRESS:PORT or PORT, not \(text)")
        }
        self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        self.port = port
    }
}
