extension Request.Limits {
    /// The same, but not longer than to the end of what the request is a part of.
    func cut(at deadline: ContinuousClock.Instant) -> Request.Limits {
        var limits = self
        let remaining = max(.milliseconds(1), deadline - ContinuousClock.now)
        limits.total = min(total, remaining)
        limits.connect = min(connect, remaining)
        return limits
    }
}

extension Result<Response, TransportFailure> {
    /// A time-out that came early, because the run or the measurement was at its end, is that one's and not the service's.
    func named(within limits: Request.Limits, of full: Request.Limits) -> Self {
        guard case .failure(var failure) = self, failure.kind == .timeout else { return self }
        let isConnecting = failure.phase != .firstByte && failure.phase != .body
        // Of the two limits the shorter one was hit, and only that one counts.
        func hit(_ limits: Request.Limits) -> Duration { isConnecting ? Swift.min(limits.connect, limits.total) : limits.total }
        guard hit(limits) < hit(full) else { return self }
        failure.kind = .deadline
        failure.message = "The run's deadline passed while this request was under way"
        return .failure(failure)
    }
}
