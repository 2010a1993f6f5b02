#if canImport(Glibc)
import TestSupport
import Testing

struct ResolverTests {
    @Test(.enabled(if: Program.cc.isInstalled && !HungResolver.isInPlace, "needs a C compiler"))
    func `no limit is missed while a resolver hangs`() throws {
        let (status, output) = try HungResolver.run("HungResolverTests")
        #expect(status == 0 && output.contains("2 tests"), "\(output)")
    }
}
#endif
