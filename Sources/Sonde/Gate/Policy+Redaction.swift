extension Policy {
    /// The policy as findings may repeat it: names and reasons without secrets, alike wherever they stand.
    ///
    /// Names of targets become what reports call them, so that the rules still find theirs.
    public func redacted(by redactor: Redactor) -> Policy {
        var policy = self
        policy.targets = Dictionary(targets.map { (redactor.redact($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        for index in groups.indices {
            policy.groups[index].name = redactor.redact(groups[index].name)
            policy.groups[index].targets = groups[index].targets.map(redactor.redact)
        }
        for index in tolerations.indices {
            policy.tolerations[index].targets = tolerations[index].targets.map(redactor.redact)
            policy.tolerations[index].because = tolerations[index].because.map(redactor.redact)
        }
        return policy
    }
}
