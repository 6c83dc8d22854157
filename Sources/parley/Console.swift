internal import ArgumentParser
internal import ChatDomain
internal import ChatService
internal import ChatStoreSQLite
internal import Foundation

/// The chat as commands at the console see it: beside a running server, or alone.
struct Console {
    /// Nobody is connected to a command.
    private struct Silence: Announcer {
        func announce(_ announcement: Announcement) {}
    }

    let chat: Chat
    let isBesideServer: Bool

    /// Whoever owns the machine.
    static let actor = Actor(nil, from: .console)

    /// Opens the chat, does the work and closes it.
    static func run(
        _ options: DataOptions, makesDatabase: Bool = false, hasFiles: Bool = false,
        _ work: (Console) async throws -> Void
    ) async throws {
        let path = try options.database()
        if !FileManager.default.fileExists(atPath: path) {
            guard makesDatabase else {
                throw CommandFailure("There is no database at \(path). Name the folder with --data.")
            }
            try Serve.makeDataFolder(try options.folder())
        }
        let (store, isBesideServer) = try open(path)
        do {
            // Beside a server, files are that one's.
            let files = hasFiles && !isBesideServer ? try depot(of: options) : nil
            try await work(
                Console(
                    chat: Chat(store: store, announcer: Silence(), files: files),
                    isBesideServer: isBesideServer))
        } catch let error as ChatError {
            await store.close()
            throw CommandFailure(error.message)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    private static func depot(of options: DataOptions) throws -> FileDepot {
        try FileDepot(folder: try options.folder() + "/files") { failure in
            tell("a file could not be kept or read: \(failure)")
        }
    }

    private static func open(_ path: String) throws -> (SQLiteChatStore, isBesideServer: Bool) {
        let report: @Sendable (StoreFailure) -> Void = { failure in
            tell("the store failed: \(failure.operation): \(failure.cause)")
        }
        let options = SQLiteStoreOptions(readers: 1)
        do {
            return (try SQLiteChatStore(path: path, options: options, report: report), false)
        } catch .inUse {
            var beside = options
            beside.isBesideServer = true
            return (try SQLiteChatStore(path: path, options: beside, report: report), true)
        }
    }

    /// Somebody by their username.
    func person(_ username: String) async throws -> User {
        let name: Username
        do {
            name = try Username(username)
        } catch {
            throw CommandFailure(error.message)
        }
        guard let user = try await chat.findPerson(name) else {
            throw CommandFailure("There is nobody with the username \(name.text).")
        }
        return user
    }

    /// Says something beside the result: on the standard error.
    static func tell(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Says where a link is to be opened.
    static func say(_ reset: PasswordReset, for user: User) {
        print("Set the password of \(user.username) with this page of the server, within three days:")
        print("/reset/\(reset.code.text)")
    }
}
