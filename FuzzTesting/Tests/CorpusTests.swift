internal import Foundation
internal import Testing

/// The inputs that the fuzzer kept, each once more: what was found stays found.
struct CorpusTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Corpus")

    @Test(arguments: FuzzTarget.allCases)
    func replay(target: FuzzTarget) throws {
        let file = Self.folder.appending(path: "\(target.rawValue).base64")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            let input = try #require(Data(base64Encoded: String(line)))
            target.test([UInt8](input))
        }
    }
}
