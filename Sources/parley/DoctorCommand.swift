internal import ArgumentParser
internal import ChatGateway
internal import ChatStoreSQLite
internal import FoundationEssentials
internal import NIOCore
internal import NIOPosix

#if canImport(Glibc)
    internal import Glibc
#endif

/// `parley doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks the settings, the data and the machine, and says what is wrong.",
        discussion: """
            Takes the options of `parley serve` and reads the same environment and file. Ends with status 1 when \
            something would keep the server from working. Reads every page of the database.
            """)

    @OptionGroup var serve: Serve

    private enum Verdict: String {
        case good = "ok  "
        case warning = "warn"
        case failure = "FAIL"
    }

    func run() async throws {
        let settings: Settings
        do {
            settings = try Settings(options: serve)
        } catch {
            say(.failure, "settings: \((error as? ValidationError)?.message ?? "\(error)")")
            throw ExitCode.failure
        }
        say(.good, "settings: data in \(settings.data), port \(settings.port)")
        var verdicts = [checkFolder(settings.data), checkDatabase(settings.data), checkSpace(settings.data)]
        verdicts.append(checkWeb(settings.web))
        verdicts.append(await checkPort(settings))
        if !settings.tls, settings.host != "127.0.0.1", settings.host != "localhost", settings.host != "::1" {
            verdicts.append(
                say(.warning, "TLS: \(settings.host) may be reached from outside without it; see --tls"))
        }
        if verdicts.contains(.failure) { throw ExitCode.failure }
    }

    @discardableResult
    private func say(_ verdict: Verdict, _ text: String) -> Verdict {
        print("\(verdict.rawValue) \(text)")
        return verdict
    }

    private func checkFolder(_ folder: String) -> Verdict {
        guard FileManager.default.fileExists(atPath: folder) else {
            return say(.warning, "folder: \(folder) does not exist yet; the server makes it")
        }
        guard access(folder, R_OK | W_OK | X_OK) == 0 else {
            return say(.failure, "folder: \(folder) cannot be written by this user")
        }
        let open = Self.readableByOthers(folder + "/parley.sqlite")
        if Self.readableByOthers(folder), open {
            return say(.warning, "folder: others on this machine can read \(folder); chmod 700 ends that")
        }
        return say(.good, "folder: \(folder) can be written, and read by its owner only")
    }

    private static func readableByOthers(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o077 != 0
    }

    private func checkDatabase(_ folder: String) -> Verdict {
        let file = DatabaseFile(path: folder + "/parley.sqlite")
        guard FileManager.default.fileExists(atPath: file.path) else {
            return say(.warning, "database: there is none yet; the server makes it")
        }
        do {
            let report = try file.check()
            guard report.problems.isEmpty else {
                return say(.failure, "database: damaged: \(report.problems.joined(separator: "; "))")
            }
            let state = report.needsMigration ? "is brought up to date at the next start" : "up to date"
            return say(
                .good, "database: \(report.bytes >> 10) kB, undamaged, schema \(report.schema), \(state)")
        } catch {
            return say(.failure, "database: \(error)")
        }
    }

    private func checkSpace(_ folder: String) -> Verdict {
        var place = folder
        while !FileManager.default.fileExists(atPath: place), place.contains("/") {
            place = String(place.prefix(upTo: place.lastIndex(of: "/") ?? place.startIndex))
        }
        var status = statvfs()
        guard statvfs(place.isEmpty ? "/" : place, &status) == 0 else {
            return say(.warning, "disk: the free space of \(folder) is not known")
        }
        let (free, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
            by: UInt64(status.f_frsize))
        let megabytes = overflow ? UInt64.max >> 20 : free >> 20
        switch megabytes {
        case ..<50: return say(.failure, "disk: \(megabytes) MB are free, which is not enough to write")
        case ..<1_000: return say(.warning, "disk: \(megabytes) MB are free")
        default: return say(.good, "disk: \(megabytes) MB are free")
        }
    }

    private func checkWeb(_ web: WebClient) -> Verdict {
        guard case .folder(let folder) = web else { return say(.good, "web client: inside this program") }
        return FileManager.default.fileExists(atPath: folder + "/index.html")
            ? say(.good, "web client: in \(folder)")
            : say(.failure, "web client: there is none in \(folder); build it, or name its folder with --web")
    }

    private func checkPort(_ settings: Settings) async -> Verdict {
        let place = "\(settings.host):\(settings.port)"
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: settings.host, port: settings.port).get()
            try await channel.close()
            return say(.good, "port: \(place) is free")
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            return say(.warning, "port: \(place) is in use; by the server, if it runs")
        } catch {
            return say(.failure, "port: \(place) cannot be listened on: \(error)")
        }
    }
}
