public import FoundationEssentials

/// The built web client.
public enum WebClient: Sendable {
    /// In a folder, as the web build leaves it.
    case folder(String)
    /// In memory, by path without a leading slash: `index.html`, `assets/main-….js`, `assets/main-….js.br`.
    case files([String: Data])
}

extension WebClient: CustomStringConvertible {
    /// Where it is.
    public var description: String {
        switch self {
        case .folder(let folder): folder
        case .files: "the executable"
        }
    }
}
