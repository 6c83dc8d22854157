internal import ArgumentParser
internal import ChatStoreSQLite
internal import Foundation

/// `parley export`.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes what is known of one person, or one conversation, as JSON.",
        discussion: "Works beside a running server. Uploaded files are named, not contained.")

    @Option(help: "The username of the person.")
    var person: String?

    @Option(help: "The id of the conversation (cnv_...).")
    var room: String?

    @Option(help: "The file to make. (default: the standard output)")
    var to: String?

    @OptionGroup var options: DataOptions

    func validate() throws {
        guard (person == nil) != (room == nil) else {
            throw ValidationError("Say what to export: --person USERNAME or --room CONVERSATION")
        }
    }

    func run() async throws {
        let export = DatabaseExport(of: DatabaseFile(path: try options.database()))
        let output = try open()
        let write: (String) throws -> Void = { try output.write(contentsOf: Data($0.utf8)) }
        if let person { try export.person(person, write: write) }
        if let room { try export.room(room, write: write) }
        if to != nil { try output.close() }
    }

    private func open() throws -> FileHandle {
        guard let to else { return .standardOutput }
        let files = FileManager.default
        guard !files.fileExists(atPath: to) else {
            throw CommandFailure("\(to) exists already: nothing is ever overwritten.")
        }
        guard files.createFile(atPath: to, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: to)
        else { throw CommandFailure("\(to) cannot be written.") }
        return handle
    }
}
