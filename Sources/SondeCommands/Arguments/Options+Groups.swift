extension Options {
    /// Which targets, and what is known of them.
    static let which = OptionGroup("Target", [profile, vendor, model, all, envFile, vendorDirectory, overrideVendor])

    /// Who we are to them.
    static let credential = OptionGroup(
        "Credential", [key, organization, project, team, header, certificate, certificateKey, proveKey])

    /// The way there, and how long it may take.
    static let network = OptionGroup(
        "Network",
        [
            route, proxy, proxyUser, interface, ipv4, ipv6, resolve, connectTo, certificateAuthorities, connectTimeout, maxTime, deadline,
            retry, jobs, allowHTTP,
        ])

    /// The ways of a comparison; what would make them all alike is left out.
    static let comparedNetwork = OptionGroup(
        "Network",
        [
            routes, proxyUser, resolve, connectTo, certificateAuthorities, connectTimeout, maxTime, deadline, retry, jobs, allowHTTP,
        ])

    /// The way there, for rounds that have a limit each.
    static let watchedNetwork = OptionGroup("Network", network.options.map { $0.name == deadline.name ? roundDeadline : $0 })

    /// What is asked, and what is not.
    static let scope = OptionGroup(
        "Scope", [only, with, skip, noInference, noFollowUp, noControl, noThirdParty, body, dryRun, maxCost])

    /// The same where the answers are always new.
    static let comparedReporting = OptionGroup("Output", reporting.options.filter { $0.name != maxAge.name })

    /// What is done with the answers.
    static let reporting = OptionGroup(
        "Output", [format, output, maxAge, failOn, exitZero, quiet, verbose, color, noProgress, keepBodies, includeIdentifiers])
}
