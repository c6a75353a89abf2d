package io.tierdrill.analysis.finding;

import java.util.Optional;

/**
 * What a request costs a tier in processor time of its traffic threads, and the rate at which that would take all they
 * have (utilisation law).
 *
 * @param microsPerRequest over the whole run
 * @param lowLoadMicrosPerRequest over those parts of the run in which at most half as much was asked as in its busiest;
 *     absent where there are none
 * @param mostPerSecond the rate at which all its instances would be full, evenly spread; from the demand at low load
 *     where that is known
 * @param steady whether the demand is the same at low load and over the whole run, to a fifth; true where only one is
 *     known
 */
public record Demand(
        String tier,
        int instances,
        double microsPerRequest,
        Optional<Double> lowLoadMicrosPerRequest,
        double mostPerSecond,
        boolean steady) {}
