internal import CFuzzer
internal import Glibc

/// Gives a decoder to libFuzzer with the command line's options.
public enum FuzzDriver {
    /// What the current program tests. Set once, before the fuzzer starts its only thread.
    nonisolated(unsafe) private static var test: ([UInt8]) -> Void = { _ in }

    /// Calls `test` with one input after the other and ends the process as libFuzzer says.
    public static func run(_ test: @escaping ([UInt8]) -> Void) -> Never {
        self.test = test
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        let status = withUnsafeMutablePointer(to: &arguments) { pointer in
            pointer.withMemoryRebound(
                to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self, capacity: 1
            ) { rebound in
                LLVMFuzzerRunDriver(&count, rebound) { data, size in
                    FuzzDriver.test([UInt8](UnsafeBufferPointer(start: data, count: size)))
                    return 0
                }
            }
        }
        exit(status)
    }
}
