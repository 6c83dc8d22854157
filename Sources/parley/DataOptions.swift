internal import ArgumentParser

/// Where the data is, for the commands beside `serve`.
struct DataOptions: ParsableArguments {
    @Option(help: "The folder that holds all data. (default: ./parley-data)")
    var data: String?

    @Option(help: "The JSON file with the settings of the server.")
    var config: String?

    /// The folder, by the same rules as the server's.
    func folder() throws -> String {
        try Settings.dataFolder(option: data, config: config)
    }

    /// The database of that folder.
    func database() throws -> String { try folder() + "/parley.sqlite" }
}
