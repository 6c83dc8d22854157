internal import FoundationEssentials

/// What is in a folder of data beside the database.
enum DataFolder {
    /// Uploaded files and keys: everything but the database and what belongs to it.
    static func otherEntries(of folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { !$0.hasPrefix("parley.sqlite") }.sorted()
    }

    /// Copies what is not there yet from one folder into another; what is there stays.
    static func addMissing(from source: String, to target: String) throws {
        let files = FileManager.default
        var isFolder = false
        guard files.fileExists(atPath: target) else {
            try files.copyItem(atPath: source, toPath: target)
            return
        }
        guard files.fileExists(atPath: source, isDirectory: &isFolder), isFolder else { return }
        for name in try files.contentsOfDirectory(atPath: source) {
            try addMissing(from: source + "/" + name, to: target + "/" + name)
        }
    }
}
