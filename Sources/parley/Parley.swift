internal import ArgumentParser

/// The chat server.
@main
struct Parley: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parley",
        abstract: "Self-hosted chat: one program, one file of data.",
        version: "0.1.0",
        subcommands: [
            Serve.self, AdminCommand.self, BackupCommand.self, RestoreCommand.self, ExportCommand.self,
            ImportCommand.self, DoctorCommand.self,
        ],
        defaultSubcommand: Serve.self)
}
