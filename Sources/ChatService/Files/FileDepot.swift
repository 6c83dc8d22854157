internal import ChatDomain
internal import Foundation
internal import Glibc

/// Where files lie: one file each in a folder, named by the id, and a few threads that read and write them.
///
/// What is in the folder's `incoming` is not complete; nobody refers to it, and the next start removes it.
public final class FileDepot: Sendable {
    let limits: UploadLimits
    private let folder: String
    private let threads: WorkerThreads
    private let report: @Sendable (FileFailure) -> Void

    /// Takes over a folder, which is made when it is missing.
    ///
    /// - Throws: what the system says when the folder cannot be written.
    public init(
        folder: String, limits: UploadLimits = UploadLimits(),
        report: @escaping @Sendable (FileFailure) -> Void
    ) throws {
        self.folder = folder
        self.limits = limits
        self.report = report
        threads = WorkerThreads(count: 3, limit: 512, name: "files")
        let incoming = folder + "/incoming"
        if FileManager.default.fileExists(atPath: incoming) {
            try FileManager.default.removeItem(atPath: incoming)
        }
        try FileManager.default.createDirectory(atPath: incoming, withIntermediateDirectories: true)
    }

    /// Does blocking work on the depot's threads.
    nonisolated(nonsending) func perform<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws(ChatError) -> Value {
        let (threads, report) = (threads, report)
        let result: Result<Value, ChatError> = await withCheckedContinuation { continuation in
            let accepted = threads.submit {
                do {
                    continuation.resume(returning: .success(try work()))
                } catch let error as ChatError {
                    continuation.resume(returning: .failure(error))
                } catch is DamagedImage {
                    continuation.resume(returning: .failure(.wrongType("This picture is damaged.")))
                } catch {
                    report(error as? FileFailure ?? FileFailure(operation: "\(error)", code: 0))
                    continuation.resume(returning: .failure(.unavailable))
                }
            }
            if !accepted { continuation.resume(returning: .failure(.busy)) }
        }
        return try result.get()
    }

    // MARK: - Places

    /// The place of a new file that is not complete.
    func incoming(_ id: FileID) -> String { "\(folder)/incoming/\(id)" }

    /// The place of a file, or of the small picture of it.
    func place(of id: FileID, thumbnail: Bool = false) -> String {
        let name = id.description
        return "\(folder)/\(name.dropFirst(4).prefix(2))/\(name)\(thumbnail ? ".thumb" : "")"
    }

    /// Puts a complete file in its place, for good: it is on disk when this returns. Blocks.
    func settle(_ path: String, as place: String) throws {
        let parent = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
        if !FileManager.default.fileExists(atPath: parent) {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try OpenFile.syncFolder(folder)
        }
        guard rename(path, place) == 0 else { throw FileFailure(operation: "rename", code: errno) }
        try OpenFile.syncFolder(parent)
    }

    // MARK: - Reading and removing

    /// Opens a file.
    nonisolated(nonsending) func open(_ id: FileID, thumbnail: Bool) async throws(ChatError) -> OpenFile {
        let place = place(of: id, thumbnail: thumbnail)
        return try await perform { try OpenFile(place, O_RDONLY) }
    }

    /// Removes files and their small pictures; what is not there is no failure.
    nonisolated(nonsending) func remove(_ files: [FileID]) async throws(ChatError) {
        let places = files.flatMap { [place(of: $0), place(of: $0, thumbnail: true)] }
        try await perform {
            for place in places where unlink(place) != 0 && errno != ENOENT {
                throw FileFailure(operation: "unlink", code: errno)
            }
        }
    }
}
