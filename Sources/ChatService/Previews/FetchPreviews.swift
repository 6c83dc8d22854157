public import ChatDomain

extension Chat {
    /// Milliseconds for which what a page said is taken for true.
    static let previewLifetime: Int64 = 86_400_000
    /// Messages whose links are fetched side by side.
    private static let parallelPreviews = 4

    /// Fetches the pages that messages link to, and shows beneath these what the pages say of themselves; call it at the start
    /// and when ``awaitPreviews()`` returns.
    ///
    /// Each page is asked once in a day, whatever comes of it; no message waits for that.
    ///
    /// - Throws: `busy`, `unavailable`; what was not done is done by the next call.
    public nonisolated(nonsending) func fetchPreviews(
        by client: any OutboundClient
    ) async throws(ChatError) {
        while true {
            let (waiting, isOn) = try await store.read { store in
                (
                    try store.waitingPreviews(limit: Self.parallelPreviews),
                    try store.settings().fetchesPreviews
                )
            }
            if waiting.isEmpty { return }
            guard isOn else {
                // Switched off meanwhile.
                return try await store.write {
                    try $0.clearPreviewQueue()
                } committed: { _ in
                }
            }
            let failures = await withTaskGroup(of: ChatError?.self) { group in
                for message in waiting {
                    group.addTask {
                        do throws(ChatError) {
                            try await fetchPreviews(of: message, by: client)
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                return await group.reduce(into: [ChatError]()) { if let error = $1 { $0.append(error) } }
            }
            if let failure = failures.first { throw failure }
        }
    }

    /// Returns when there is something new to fetch, or the task is cancelled.
    public func awaitPreviews() async { await previews.wait() }

    private nonisolated(nonsending) func fetchPreviews(
        of waiting: WaitingPreview, by client: any OutboundClient
    ) async throws(ChatError) {
        var keys: [PreviewKey] = []
        for link in LinkScan(waiting.message.body).links {
            if let key = try await preview(of: link, for: waiting.sender, by: client) { keys.append(key) }
        }
        let (found, seq, version) = (keys, waiting.message.seq, waiting.message.version)
        let (announcer, clock) = (announcer, clock)
        _ = try await store.write { store -> MessageChange? in
            guard let room = try store.conversation(waiting.conversation.key),
                let message = try store.message(seq, of: room), !message.isDeleted
            else { return nil }
            // Edited meanwhile: it waits on, for other links perhaps.
            guard message.version == version else { return nil }
            // Somebody did not want it after all, and took it out of the queue.
            guard try store.isWaitingForPreviews(seq, in: room.key) else { return nil }
            try store.unqueuePreviews(of: seq, in: room.key)
            guard try store.setPreviews(found, of: seq, in: room.key) else { return nil }
            return try store.recordChange(.preview, of: seq, in: room, at: max(clock.now(), room.lastSentAt))
        } committed: { change in
            if let change { announcer.announce(.changed(change)) }
        }
    }

    /// What the page says, now or within the last day; nil when there is nothing to show.
    private nonisolated(nonsending) func preview(
        of link: WebURL, for sender: UserKey, by client: any OutboundClient
    ) async throws(ChatError) -> PreviewKey? {
        let horizon = clock.now().advanced(byMilliseconds: -Self.previewLifetime)
        let known = try await store.read { try $0.preview(of: link, after: horizon) }
        if let known { return known.isShown ? known.key : nil }
        let preview = try await fetch(link, for: sender, by: client)
        let now = clock.now()
        let key = try await store.write {
            try $0.insertPreview(preview, of: link, at: now)
        } committed: { _ in
        }
        return preview == nil ? nil : key
    }

    private nonisolated(nonsending) func fetch(
        _ link: WebURL, for sender: UserKey, by client: any OutboundClient
    ) async throws(ChatError) -> LinkPreview? {
        let request = OutboundRequest(
            .get, link, headers: [("Accept", "text/html,application/xhtml+xml")],
            answerLimit: Limits.previewPageBytes, timeout: 5_000, redirects: 4)
        guard case .answered(let response) = await client.send(request), response.status == 200,
            let type = response["content-type"],
            type.lowercased().hasPrefix("text/html") || type.lowercased().hasPrefix("application/xhtml")
        else { return nil }
        let head = PageHead(response.body, type: type)
        guard let title = head.title else { return nil }
        var picture: StoredFile?
        if let image = head.image.flatMap({ response.url.leading(to: $0) }) {
            picture = try await fetchPicture(image, for: sender, by: client)
        }
        return LinkPreview(
            url: link.text, site: head.site, title: title, text: head.text, image: picture?.id,
            size: picture?.size)
    }

    /// Keeps a picture whose container can be freed of what it tells of its maker (ADR 46); nil for every other one.
    private nonisolated(nonsending) func fetchPicture(
        _ address: WebURL, for sender: UserKey, by client: any OutboundClient
    ) async throws(ChatError) -> StoredFile? {
        guard let depot else { return nil }
        let request = OutboundRequest(
            .get, address, headers: [("Accept", "image/jpeg,image/png,image/webp,image/gif")],
            answerLimit: Limits.previewImageBytes, timeout: 5_000, redirects: 4)
        guard case .answered(let response) = await client.send(request), response.status == 200,
            !response.isCut
        else { return nil }
        let id = FileID(bits: random.bits128())
        let (scratch, place, bytes) = (depot.incoming(id), depot.place(of: id), response.body)
        let finished: FinishedFile
        do throws(ChatError) {
            finished = try await depot.perform {
                try PreviewPicture.write(bytes, to: scratch, settling: place, in: depot)
            }
        } catch {
            // No picture, a damaged one, or one with too many pixels: the page is shown without.
            guard error.retryable else { return nil }
            throw error
        }
        let file = StoredFile(
            id: id, name: "preview", type: finished.type, bytes: Int64(finished.bytes), size: finished.size,
            hasThumbnail: false)
        let (upload, now) = (ClientMessageID(bits: random.bits128()), clock.now())
        try await store.write {
            try $0.insert(file, upload: upload, of: sender, at: now)
        } committed: { _ in
        }
        return file
    }
}
