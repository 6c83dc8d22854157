public import ChatDomain

/// Rooms as administrators see them, to read.
public protocol AdminRoomReading {
    /// Rooms whose name contains the text, by name, after the one with the id `after`.
    func adminRooms(matching text: SearchText, after: ConversationID?, limit: Int) throws -> [AdminRoom]
}
