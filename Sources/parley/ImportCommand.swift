internal import ArgumentParser
internal import ChatImport
internal import ChatService
internal import ChatStoreSQLite
internal import Foundation

/// `parley import`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes over people, rooms, messages and files of another server.",
        discussion: """
            The server must be stopped. Accounts are made closed; an administrator opens each by a link for its first \
            password. People who are here under the same username are taken for the same. The same archive again adds \
            what is new in it and nothing else.
            """,
        subcommands: [ImportSlack.self, ImportMattermost.self])
}

/// `parley import slack`.
struct ImportSlack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slack", abstract: "Takes over an export of a Slack workspace (a ZIP file).")

    @Argument(help: "The ZIP file.")
    var file: String

    @OptionGroup var options: ImportOptions

    func run() async throws {
        try await options.run { try SlackArchive(path: file, source: options.source) }
    }
}

/// `parley import mattermost`.
struct ImportMattermost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mattermost",
        abstract: "Takes over a bulk export of a Mattermost server (a .jsonl file, or a ZIP file with it).")

    @Argument(help: "The .jsonl or ZIP file.")
    var file: String

    @OptionGroup var options: ImportOptions

    func run() async throws {
        try await options.run { try MattermostArchive(path: file, source: options.source) }
    }
}

/// What imports have in common.
struct ImportOptions: ParsableArguments {
    @Flag(help: "Read everything and say what would come; change nothing.")
    var check = false

    @Option(help: "A name for the other server, when there are several of its kind. (default: its own)")
    var source: String?

    @Flag(help: "Say nothing of the progress.")
    var quiet = false

    @OptionGroup var options: DataOptions

    func run(_ open: () throws -> any ImportArchive) async throws {
        do {
            let archive = try open()
            try await Console.run(options, hasFiles: true) { console in
                guard !console.isBesideServer else {
                    throw CommandFailure("The server is running: stop it for the time of an import.")
                }
                let isQuiet = quiet
                let run = ImportRun(archive, into: console.chat) { progress in
                    if !isQuiet { FileHandle.standardError.write(Data("\r\u{1B}[K\(progress)".utf8)) }
                }
                let report = try await check ? run.check() : run.run()
                if !quiet { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
                if check { print("This would come:") }
                for line in report.lines { print(line) }
            }
        } catch let problem as ArchiveProblem {
            throw CommandFailure(problem.description)
        }
    }
}
