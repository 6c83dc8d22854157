import ChatDomain
import ChatService

extension TestChat {
    /// Uploads a small text.
    func upload(_ text: String, by user: UserID) async throws -> FileID {
        let bytes = Array(text.utf8)
        switch try await chat.beginUpload(
            cid(), name: FileName("a file.txt"), length: Int64(bytes.count), by: user)
        {
        case .known(let file): return file.id
        case .begun(let upload):
            try await upload.write(bytes)
            return try await upload.finish().id
        }
    }
}
