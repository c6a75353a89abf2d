package io.tierdrill.model.sample;

import io.tierdrill.model.tier.InstanceId;

/**
 * The flow through one instance: requests for L7 and service, connections for L3 and L4, queries for DNS.
 *
 * @param arrivals counted since its start
 * @param completions counted since its start, failed ones included
 * @param errors counted since its start: what it failed or refused itself
 * @param inFlight arrived and not completed
 * @param queued of those in flight, waiting for a limit of this instance
 * @param residenceSeconds sum over completions of arrival to completion
 * @param queueSeconds sum of the time spent {@code queued}
 * @param downstreamSeconds sum of the time spent waiting for the tier below
 */
public record TierSample(
        long atNanos,
        InstanceId instance,
        long arrivals,
        long completions,
        long errors,
        long inFlight,
        long queued,
        double residenceSeconds,
        double queueSeconds,
        double downstreamSeconds)
        implements Sample {}
