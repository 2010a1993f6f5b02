internal import CSpawn

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Starts a program with exactly the streams, the folder and the environment it is given.
enum Spawn {
    enum Place {
        /// Standard input, output and error.
        case streams([Descriptor])
        /// The name of a terminal, for all three.
        case terminal(String)
    }

    static func start(_ path: String, _ arguments: [String], environment: [String: String], folder: String, at place: Place) throws -> pid_t
    {
        var id = pid_t()
        let (numbers, terminal): ([Int32], String?) =
            switch place {
            case .streams(let streams): (streams.map(\.number), nil)
            case .terminal(let name): ([0, 1, 2], name)
            }
        let error = unsafe withCStrings([path] + arguments) { arguments in
            unsafe withCStrings(environment.map { "\($0.key)=\($0.value)" }) { variables in
                // Everything passed lives until the call returns, and the function keeps nothing.
                if let terminal { return unsafe cspawn_start(path, arguments, variables, folder, numbers, terminal, &id) }
                return unsafe cspawn_start(path, arguments, variables, folder, numbers, nil, &id)
            }
        }
        guard error == 0 else { throw SystemFailure(call: "posix_spawn", number: error) }
        return id
    }

    /// Lends an array of C strings with nil at its end.
    private static func withCStrings<Result>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
        // Each is freed below, after its last use.
        let copies = unsafe texts.map { unsafe strdup($0) }
        // The formatter of Swift 6.3 drops the blank after "for unsafe".
        // swift-format-ignore
        defer { for unsafe copy in unsafe copies { unsafe free(copy) } }
        return unsafe body(copies + [nil])
    }
}
