internal import ArgumentParser
internal import ChatStoreSQLite
internal import FoundationEssentials

/// `parley restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a backup in the place of the data. The server must not be running.",
        discussion: """
            The backup is checked first. The database that was there is kept beside the new one. Clients drop what they \
            remember, because the new database has another epoch.
            """)

    @Argument(help: "A folder that `parley backup` made.")
    var source: String

    @OptionGroup var options: DataOptions

    func run() async throws {
        let backup = DatabaseFile(path: source + "/parley.sqlite")
        guard FileManager.default.fileExists(atPath: backup.path) else {
            throw CommandFailure("\(source) is no backup: there is no parley.sqlite in it.")
        }
        let folder = try options.folder()
        try Serve.makeDataFolder(folder)
        let moment = Int(Date().timeIntervalSince1970)
        let kept = try DatabaseFile(path: try options.database())
            .restore(from: backup, suffix: ".before-\(moment)")
        for name in try DataFolder.otherEntries(of: source) {
            try DataFolder.addMissing(from: source + "/" + name, to: folder + "/" + name)
        }
        print("The data of \(source) is in \(folder)")
        if let kept { print("What was there before is \(kept)") }
    }
}
