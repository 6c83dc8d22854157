public import ChatDomain

/// How an upload begins.
public enum UploadStart: Sendable {
    /// It was done before: this is what it became.
    case known(StoredFile)
    /// Its bytes may come.
    case begun(Upload)
}

extension Chat {
    /// Begins an upload: `PUT /api/uploads/<uuid>`. `length` is what the client says; it is counted anyway.
    ///
    /// - Throws: `too_large`; `quota`; `rate`; `busy` when too many uploads are going on; `forbidden` on a server that takes
    ///   no files; `unavailable`.
    public nonisolated(nonsending) func beginUpload(
        _ request: ClientMessageID, name: FileName, length: Int64?, by user: UserID
    ) async throws(ChatError) -> UploadStart {
        try actionLimiter.admit(user, at: clock.now())
        let depot = try requireDepot()
        let (known, limit) = try await store.read { store -> (StoredFile?, Int64) in
            let person = try store.requirePerson(user)
            let limit = min(Int64(try store.settings().uploadMaximum), depot.limits.bytes)
            if let known = try store.upload(request, of: person.key) { return (known.file, limit) }
            guard try store.storedBytes(of: person.key) + max(0, length ?? 0) <= depot.limits.bytesPerPerson
            else {
                throw ChatError.quota
            }
            return (nil, limit)
        }
        if let known { return .known(known) }
        try Self.requireSize(length ?? 0, limit)
        guard uploadCount.begin(limit: depot.limits.concurrent) else { throw .busy }
        let id = FileID(bits: random.bits128())
        do throws(ChatError) {
            return .begun(
                try await Upload(
                    self, depot, limit: limit, request: request, user: user, id: id, name: name))
        } catch {
            uploadCount.end()
            throw error
        }
    }

    /// Keeps a small picture of a file that one uploaded, made by the client: `PUT /api/uploads/<uuid>/thumb`.
    ///
    /// - Throws: `not_found` for an upload that is not finished; `type` unless it is a JPEG, PNG or WebP picture;
    ///   `too_large`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func keepThumbnail(
        _ bytes: [UInt8], of request: ClientMessageID, by user: UserID
    ) async throws(ChatError) {
        try actionLimiter.admit(user, at: clock.now())
        let depot = try requireDepot()
        guard bytes.count <= Limits.thumbnailBytes else {
            throw .tooLarge("A small picture has at most \(Limits.thumbnailBytes >> 10) KiB.")
        }
        let record = try await store.read { store in
            try store.upload(request, of: store.requirePerson(user).key)
        }
        guard let record else { throw .fileNotFound }
        let scratch = depot.incoming(FileID(bits: random.bits128()))
        let place = depot.place(of: record.file.id, thumbnail: true)
        _ = try await depot.perform { try Thumbnail.write(bytes, to: scratch, settling: place, in: depot) }
        try await store.write {
            try $0.setThumbnail(of: record.key)
        } committed: { _ in
        }
    }

    func requireDepot() throws(ChatError) -> FileDepot {
        guard let depot else { throw .forbidden("This server takes no files.") }
        return depot
    }

    static func requireSize(_ bytes: Int64, _ limit: Int64) throws(ChatError) {
        guard bytes <= limit else { throw .tooLarge("Files may have up to \(limit >> 10) KiB here.") }
    }
}
