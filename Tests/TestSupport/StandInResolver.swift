import Foundation

/// A library that stands between a program and the system's resolver, put in place with `LD_PRELOAD`: no look-up of these names leaves
/// this machine.
public enum StandInResolver {
    /// The name whose look-up never ends.
    public static let hungName = "hung.sonde.invalid"
    /// The name that does not exist.
    public static let missingName = "missing.sonde.invalid"
    /// What it prints on standard error once a look-up has begun that will never end.
    public static let mark = "resolver asked"

    /// Compiles it, which needs ``Program/cc``.
    public static func make(at path: String) throws {
        let file = path + ".c"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try source.write(toFile: file, atomically: true, encoding: .utf8)
        try Program.cc.run(["-shared", "-fPIC", "-D_GNU_SOURCE", "-o", path, file, "-ldl"])
    }

    private static let source = """
        #include <dlfcn.h>
        #include <netdb.h>
        #include <stdatomic.h>
        #include <string.h>
        #include <unistd.h>
        static atomic_int lookups;
        int hung_lookups(void) { return lookups; }
        int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
            if (node && !strcmp(node, "\(missingName)")) return EAI_NONAME;
            if (node && !strcmp(node, "\(hungName)")) {
                lookups++;
                ssize_t ignored = write(2, "\(mark)\\n", \(mark.utf8.count + 1));
                (void)ignored;
                for (;;) pause();
            }
            int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = dlsym(RTLD_NEXT, "getaddrinfo");
            return next(node, service, hints, result);
        }
        """
}
