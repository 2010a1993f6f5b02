import Foundation
import SondeSimulator
import TestSupport
import Testing

/// A comparison of two lines out of a machine: a network namespace, whose only ways lead over pairs of virtual devices to a service.
@Suite(.enabled(if: ComparedLines.arePossible, "needs Linux, unshare and ip, and the right to make network namespaces"))
struct ComparedLinesTests {
    @Test(arguments: [("wan0", "wan1"), ("10.77.0.2", "10.77.0.3"), ("10.77.0.2", "wan1")])
    func `the line that comes out in a refused country is named`(works: String, fails: String) async throws {
        let lines = try ComparedLines()
        let run = try await lines.compare("interface=\(works)", "interface=\(fails)")
        #expect(run.status == 1, "\(run.errorText)")
        let report = try #require(lines.user.bytes(of: "report.json"), "\(run.errorText)")
        #expect(try ReportFacts(report).targets.map(\.verdict.cause) == ["healthy", "region_blocked"])
        #expect(try Compared.laws(in: report) == ["way-from-another-region"])
        #expect(
            run.text.unwrapped.contains(
                "answers over interface=\(works), and over interface=\(fails) refuses the country: it is the region in which that way"))
        let source = fails == "wan1" ? "10.77.1.2" : fails
        #expect(run.text.unwrapped.contains("over interface=\(fails): from \(source) to 127.0.0.1 (IPv4)"), "\(run.text)")
    }

    @Test func `two lines that are served differ in nothing`() async throws {
        let lines = try ComparedLines(refusing: ["10.99.0.1"])
        let run = try await lines.compare("interface=wan0", "interface=wan1")
        #expect(run.status == 0, "\(run.errorText)")
        #expect(try Compared.laws(in: #require(lines.user.bytes(of: "report.json"))) == ["nothing-differs"])
    }
}

/// The namespaces have no names: they are gone with the last process in them, whatever becomes of the test.
struct ComparedLines {
    let user: User

    /// - Parameter sources: The addresses that the service refuses for their country, as `region-blocked` does.
    init(refusing sources: [String] = ["10.77.1.2", "10.77.0.3"]) throws {
        user = try User()
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/SondeSimulator/Scenarios/region-blocked.json").standardized
        let refused = sources.map { "\"\($0)\"" }.joined(separator: ", ")
        let scenario = try String(contentsOf: file, encoding: .utf8).replacing("\"127.0.0.1\", \"::1\"", with: refused)
        try user.writes(scenario, to: "scenario.json")
        try user.writes(Self.script, to: "lines.sh")
    }

    static let arePossible: Bool = {
        guard Program.unshare.isInstalled, Program.ip.isInstalled else { return false }
        // What the script does and a container may forbid: a device made, a setting changed, a namespace within.
        let trial = """
            export PATH="/usr/sbin:/sbin:$PATH"
            ip link set lo up && ip link add sonde0 type veth peer name sonde1 && echo 1 > /proc/sys/net/ipv4/conf/sonde0/route_localnet &&
            unshare -n ip link set lo up
            """
        return (try? Program.unshare.run(["-rnp", "--fork", "--kill-child", "sh", "-c", trial])) != nil
    }()

    func compare(_ routes: String...) async throws -> Finished {
        try await user.runs(
            [
                "-rnp", "--fork", "--kill-child", "sh", "lines.sh", User.tool, "compare", "http://127.0.0.1:4000/v1", "--vendor", "openai",
                "--model", "gpt-5.4-nano", "--key", "env:SERVICE_KEY", "-o", "json=report.json",
            ] + routes.flatMap { ["--route", $0] }, with: ["SERVICE_KEY": ComparedServices.key, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
            program: #require(Program.unshare.path))
    }

    /// Runs in a namespace of its own, which the service shares; the tool is in a second one, from which it reaches 127.0.0.1 over the
    /// pairs `wan0`-`lan0` and `wan1`-`lan1` only, since the loopback device is down there.
    private static let script = """
        set -eu
        tool=$1
        ip link set lo up
        mkfifo there ready go
        "$tool" simulate scenario.json --port 4000 > there & service=$!
        trap 'kill "$service"' EXIT
        read -r _ < there
        unshare -n sh -c '
          echo > ready
          read -r _ < go
          for n in 0 1; do
            ip address add 10.77.$n.2/24 dev wan$n
            ip address add 10.77.$n.3/24 dev wan$n
            ip link set wan$n up
            echo 1 > /proc/sys/net/ipv4/conf/wan$n/route_localnet
            ip route add 127.0.0.1/32 via 10.77.$n.1 dev wan$n metric 10$n
          done
          exec "$@"' sh "$@" & user=$!
        read -r _ < ready
        for n in 0 1; do
          ip link add lan$n type veth peer name wan$n netns "$user"
          ip address add 10.77.$n.1/24 dev lan$n
          ip link set lan$n up
          echo 1 > /proc/sys/net/ipv4/conf/lan$n/route_localnet
        done
        echo > go
        status=0
        wait "$user" || status=$?
        exit "$status"

        """
}
