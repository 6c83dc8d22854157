internal import ArgumentParser
internal import ChatStoreSQLite
internal import FoundationEssentials

/// `parley backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies all data into a new folder while the server runs.",
        discussion: """
            The database is copied as it is at one moment; people go on writing. Files that were uploaded are copied \
            after it, so that every file that the database knows is there. The copy can be read by its owner only.
            """)

    @Argument(help: "The folder to make.")
    var target: String

    @Flag(help: "Say nothing of the progress.")
    var quiet = false

    @OptionGroup var options: DataOptions

    func run() async throws {
        let folder = try options.folder()
        let files = FileManager.default
        guard !files.fileExists(atPath: target) else {
            throw CommandFailure("\(target) exists already: nothing is ever overwritten.")
        }
        guard files.fileExists(atPath: try options.database()) else {
            throw CommandFailure("There is no database in \(folder). Name the folder with --data.")
        }
        try Serve.makeDataFolder(target)
        var told = -1
        try DatabaseFile(path: try options.database()).copy(to: target + "/parley.sqlite") { done, all in
            let tenth = all == 0 ? 10 : done * 10 / all
            guard !quiet, tenth > told else { return }
            told = tenth
            Console.tell("database: \(tenth * 10) %")
        }
        let others = try DataFolder.otherEntries(of: folder)
        for name in others {
            if !quiet { Console.tell("copying \(name)") }
            try files.copyItem(atPath: folder + "/" + name, toPath: target + "/" + name)
        }
        print("Everything is in \(target)")
    }
}
