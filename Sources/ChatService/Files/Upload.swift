public import ChatDomain
internal import Glibc
internal import Synchronization

/// A file that is coming in: write its bytes one after the other, then finish it. Dropped without that it leaves nothing.
public final class Upload: Sendable {
    private let chat: Chat
    private let depot: FileDepot
    private let limit: Int64
    private let request: ClientMessageID
    private let user: UserID
    private let id: FileID
    private let name: FileName
    private let file: OpenFile
    private let count = Mutex<Int64>(0)

    init(
        _ chat: Chat, _ depot: FileDepot, limit: Int64, request: ClientMessageID, user: UserID, id: FileID,
        name: FileName
    ) async throws(ChatError) {
        self.chat = chat
        self.depot = depot
        self.limit = limit
        self.request = request
        self.user = user
        self.id = id
        self.name = name
        let path = depot.incoming(id)
        file = try await depot.perform { try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL) }
    }

    deinit {
        chat.uploadCount.end()
        // After a finished upload there is nothing at this place.
        unlink(depot.incoming(id))
    }

    /// Appends bytes; write one piece at a time.
    ///
    /// - Throws: `too_large` when it is more than this server takes; `busy`; `unavailable`.
    public nonisolated(nonsending) func write(_ bytes: [UInt8]) async throws(ChatError) {
        let total = count.withLock { count in
            count += Int64(bytes.count)
            return count
        }
        try Chat.requireSize(total, limit)
        let file = file
        try await depot.perform { try file.append(bytes) }
    }

    /// Makes a file of what was written. It is on disk, cleaned, and known when this returns.
    ///
    /// - Throws: `type` for a damaged picture; `too_large` for one with too many pixels; `quota`; `busy`; `unavailable`.
    public nonisolated(nonsending) func finish() async throws(ChatError) -> StoredFile {
        let (depot, id, name, request, user) = (depot, id, name, request, user)
        let path = depot.incoming(id)
        let place = depot.place(of: id)
        let finished = try await depot.perform {
            let finished = try FinishedFile.finishing(path)
            try depot.settle(path, as: place)
            return finished
        }
        let stored = StoredFile(
            id: id, name: name.text, type: finished.type, bytes: Int64(finished.bytes), size: finished.size,
            hasThumbnail: false)
        let now = chat.clock.now()
        let known: StoredFile
        do throws(ChatError) {
            known = try await chat.store.write { store in
                let person = try store.requirePerson(user)
                // The same upload on two connections: the first one is the file.
                if let first = try store.upload(request, of: person.key) { return first.file }
                guard try store.storedBytes(of: person.key) + stored.bytes <= depot.limits.bytesPerPerson
                else {
                    throw ChatError.quota
                }
                try store.insert(stored, upload: request, of: person.key, at: now)
                return stored
            } committed: { _ in
            }
        } catch {
            try await depot.remove([id])
            throw error
        }
        if known.id != id { try await depot.remove([id]) }
        return known
    }
}
