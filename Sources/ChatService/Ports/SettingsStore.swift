public import ChatDomain

/// The server's settings, to read.
public protocol SettingsReading {
    /// The settings; `ServerSettings.initial` where nothing was saved.
    func settings() throws -> ServerSettings
}

/// The server's settings, to write.
public protocol SettingsWriting {
    /// Saves the settings.
    func save(_ settings: ServerSettings) throws
}
