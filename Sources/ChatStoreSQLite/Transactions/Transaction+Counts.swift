internal import ChatService
internal import GRDB

extension Transaction {
    func counts() throws -> StoreCounts {
        // Messages have no holes: the sum of the newest numbers is their count, without reading them.
        let counted = try first(
            """
            SELECT (SELECT count(*) FROM users WHERE state = 0), count(*) FILTER (WHERE kind IN (3, 4)),
                coalesce(sum(last_seq - min_seq + 1), 0)
            FROM conversations WHERE removed_at IS NULL
            """
        ) { (people: try $0.count(), rooms: try $0.count(), messages: try $0.int()) }
        let pages = try first("SELECT page_count FROM pragma_page_count") { try $0.int() } ?? 0
        let size = try first("SELECT page_size FROM pragma_page_size") { try $0.int() } ?? 0
        let files = try first("SELECT coalesce(sum(size), 0) FROM files") { try $0.int() } ?? 0
        let waiting = try first(
            """
            SELECT (SELECT count(*) FROM deliveries), (SELECT count(*) FROM pushes) + (SELECT count(*) FROM push_queue),
                (SELECT count(*) FROM preview_queue), (SELECT count(*) FROM search_queue)
            """
        ) {
            StoreCounts.Waiting(
                deliveries: try $0.count(), pushes: try $0.count(), previews: try $0.count(),
                indexing: try $0.count())
        }
        return StoreCounts(
            people: counted?.people ?? 0, rooms: counted?.rooms ?? 0, messages: counted?.messages ?? 0,
            bytes: pages.multipliedReportingOverflow(by: size).partialValue, fileBytes: files,
            waiting: waiting ?? StoreCounts.Waiting(deliveries: 0, pushes: 0, previews: 0, indexing: 0))
    }
}
