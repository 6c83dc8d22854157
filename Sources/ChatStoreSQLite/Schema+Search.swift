extension Schema {
    // search_docs.mid: milliseconds since 1970, times 1024, and a number among the messages of that millisecond: newer messages
    // have higher ones, and a day is a range. search_index.rowid is the mid; its columns hold what `SearchWords` makes
    // of body and file names, and the words that filters look for: m (every message), c<conversation>, u<sender>, hasfile,
    // hasimage, haslink. search_queue: messages to be looked at anew. meta.search_from: messages with a lower key were
    // sent before there was an index, and are not in it yet.
    static let search = """
        CREATE TABLE search_docs (
            mid INTEGER PRIMARY KEY,
            k INTEGER NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE search_queue (
            id INTEGER PRIMARY KEY,
            k INTEGER NOT NULL
        ) STRICT;
        CREATE VIRTUAL TABLE search_index USING fts5 (
            body, scope, columnsize = 0, prefix = '2 3 4',
            tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
        );
        INSERT INTO meta (key, value)
        SELECT 'search_from', CAST(max(k) + 1 AS TEXT) FROM messages HAVING max(k) IS NOT NULL;
        """
}
