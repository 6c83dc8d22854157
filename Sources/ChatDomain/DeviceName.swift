/// A short readable form of what a client says about itself: "Firefox on Linux".
public enum DeviceName {
    // The first match counts: browsers name the ones that they claim to be compatible with.
    private static let programs: [(mark: String, name: String)] = [
        ("edg/", "Edge"), ("edga/", "Edge"), ("edgios/", "Edge"), ("opr/", "Opera"),
        ("samsungbrowser/", "Samsung Internet"), ("firefox/", "Firefox"), ("fxios/", "Firefox"),
        ("chromium/", "Chromium"), ("crios/", "Chrome"), ("chrome/", "Chrome"), ("safari/", "Safari"),
        ("curl/", "curl"), ("python", "Python"), ("node", "Node.js"),
    ]
    private static let systems: [(mark: String, name: String)] = [
        ("iphone", "iPhone"), ("ipad", "iPad"), ("android", "Android"), ("cros", "ChromeOS"),
        ("windows", "Windows"), ("mac os x", "macOS"), ("macintosh", "macOS"), ("linux", "Linux"),
    ]

    /// The short form of a `User-Agent`; nil when nothing in it is known.
    public static func from(agent: String) -> String? {
        let folded = agent.lowercased()
        let program = programs.first { contains(folded, $0.mark) }?.name
        let system = systems.first { contains(folded, $0.mark) }?.name
        switch (program, system) {
        case (let program?, let system?): return "\(program) on \(system)"
        default: return program ?? system
        }
    }

    private static func contains(_ text: String, _ mark: String) -> Bool {
        let wanted = Array(mark.utf8)
        let bytes = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains {
            bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
        }
    }
}
