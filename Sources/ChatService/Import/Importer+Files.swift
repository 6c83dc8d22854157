public import ChatDomain
internal import Glibc

extension Importer {
    /// Keeps a file of a message; nil when it is there already. `content` gives its bytes and may throw a sentence.
    ///
    /// - Throws: `type` for a damaged picture, `too_large`, `invalid` with the sentence of `content`; `busy`;
    ///   `unavailable`.
    public func keep(
        _ file: ImportedFile, of sender: String, people: [String: Person],
        content: @escaping @Sendable (_ write: ([UInt8]) throws -> Void) throws -> Void
    ) async throws(ChatError) -> FileID {
        guard let owner = people[sender] else { throw ChatError.personNotFound }
        let depot = try chat.requireDepot()
        let upload = ClientMessageID(bits: Digest.uuid(of: "import\0\(source)\0\(file.ref)"))
        let (known, most) = try await chat.store.read { store in
            (try store.upload(upload, of: owner.key)?.file.id, Int64(try store.settings().uploadMaximum))
        }
        if let known { return known }
        let id = FileID(bits: chat.random.bits128())
        let name = (try? FileName(file.name)) ?? (try? FileName("file"))
        guard let name else { throw .fileNotFound }
        let finished = try await depot.perform {
            let path = depot.incoming(id)
            defer { unlink(path) }
            let target = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL)
            var count: Int64 = 0
            do {
                try content { piece in
                    count += Int64(piece.count)
                    try Chat.requireSize(count, most)
                    try target.append(piece)
                }
            } catch let error as ChatError {
                throw error
            } catch let error as FileFailure {
                throw error
            } catch {
                throw ChatError(code: .invalid, message: "\(error)", retryable: false)
            }
            let finished = try FinishedFile.finishing(path)
            try depot.settle(path, as: depot.place(of: id))
            return finished
        }
        let stored = StoredFile(
            id: id, name: name.text, type: finished.type, bytes: Int64(finished.bytes), size: finished.size,
            hasThumbnail: false)
        let now = chat.clock.now()
        try await chat.store.write {
            try $0.insert(stored, upload: upload, of: owner.key, at: now)
        } committed: { _ in
        }
        return id
    }
}
