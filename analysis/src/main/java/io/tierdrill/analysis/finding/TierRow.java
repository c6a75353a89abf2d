package io.tierdrill.analysis.finding;

import java.util.Optional;

/**
 * A tier over the measured time.
 *
 * @param emulated whether its CPU is the emulation's and not the tier's
 * @param ratePerSecond completions over all its instances
 * @param residenceMeanMicros arrival to completion
 * @param residenceP99Micros from what the tier said of each request; HTTP tiers only
 * @param queueMeanMicros of that, waiting for a limit of its own
 * @param downstreamMeanMicros of that, waiting for the tier below
 * @param cpuCores processors used by all its instances together
 * @param cpuHottestShare the busiest thread of its hottest instance, 1 is a whole processor
 * @param rssBytes resident memory of all its instances at the most
 * @param errors failed or refused by itself
 */
public record TierRow(
        String tier,
        String kind,
        int instances,
        boolean emulated,
        Optional<Double> ratePerSecond,
        Optional<Double> residenceMeanMicros,
        Optional<Double> residenceP99Micros,
        Optional<Double> queueMeanMicros,
        Optional<Double> downstreamMeanMicros,
        Optional<Double> cpuCores,
        Optional<Double> cpuHottestShare,
        Optional<Long> rssBytes,
        long errors,
        long crashes) {}
