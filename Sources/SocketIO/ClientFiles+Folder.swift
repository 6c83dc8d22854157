public import EngineIO
internal import FoundationEssentials

extension ClientFiles {
    /// Reads the bundles of the browser client that lie in a folder, such as `node_modules/socket.io/client-dist`.
    ///
    /// ```swift
    /// configuration.engine.clientFiles = try ClientFiles(folder: "client-dist")
    /// ```
    ///
    /// Of ``names`` those that exist are read, once, with their Brotli forms; changes on disk are not seen.
    ///
    /// - Throws: `EngineConfigurationError` when none of them is there, or what the system says about one that cannot be
    ///   read.
    public init(folder: String) throws {
        var contents: [String: [UInt8]] = [:]
        for name in Self.names.flatMap({ [$0, $0 + Self.brotliSuffix] }) {
            let path = folder + "/" + name
            guard FileManager.default.fileExists(atPath: path) else { continue }
            contents[name] = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        }
        try self.init(contents)
    }
}
