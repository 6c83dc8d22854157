/// What became of work that runs beside the test.
func outcome<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
) -> Task<Result<Value, any Error>, Never> {
    Task {
        do {
            return .success(try await work())
        } catch {
            return .failure(error)
        }
    }
}

extension Result {
    /// The failure, if it is one.
    var error: Failure? {
        if case .failure(let error) = self { return error }
        return nil
    }
}
