package io.tierdrill.analysis.finding;

import java.util.Optional;

/**
 * One limit of one instance over the measured time.
 *
 * @param usedMean how much was taken, on average
 * @param usedMax and at most
 * @param share what counts when limits are compared, 0 to 1: the mean, or for a stock such as a table its high mark
 * @param fullShare part of the windows under stress in which it was full and somebody waited
 * @param drops refused because of it within the measured time
 * @param saturated whether it counts as saturated
 */
public record ResourceRow(
        String instance,
        String resource,
        String kind,
        double capacity,
        double usedMean,
        double usedMax,
        double share,
        double waitersMean,
        double waitersMax,
        double fullShare,
        long drops,
        boolean saturated,
        Optional<String> setting,
        Optional<String> place) {}
