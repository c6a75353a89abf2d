package io.tierdrill.scenarios.capacity;

import java.util.Locale;
import java.util.Optional;

/**
 * What profiling costs the tiers, at low load: processor time of all of them for a good answer, in microseconds.
 *
 * @param withoutMicros mean of the run before and the run after
 * @param ratio with over without
 * @param noise by how much the two runs without differ, as a share of their mean: no smaller cost can be told
 */
public record ProfilingCost(
        Optional<Double> withoutMicros,
        Optional<Double> withMicros,
        Optional<Double> ratio,
        Optional<Double> noise,
        String sentence) {

    static ProfilingCost of(Optional<Double> before, Optional<Double> with, Optional<Double> after) {
        if (before.isEmpty() || with.isEmpty() || after.isEmpty())
            return new ProfilingCost(
                    Optional.empty(),
                    with,
                    Optional.empty(),
                    Optional.empty(),
                    "not known: not every tier told its processor time");
        double without = (before.get() + after.get()) / 2;
        double ratio = with.get() / without;
        double noise = Math.abs(before.get() - after.get()) / without;
        return new ProfilingCost(
                Optional.of(without), with, Optional.of(ratio), Optional.of(noise), sentence(without, ratio, noise));
    }

    private static String sentence(double without, double ratio, double noise) {
        String found = String.format(
                Locale.ROOT,
                "%+.1f %% processor time of the tiers at low load (%.2f instead of %.2f ms a good answer; two runs"
                        + " without differ by %.1f %%)",
                100 * (ratio - 1),
                ratio * without / 1e3,
                without / 1e3,
                100 * noise);
        String signed = found.replace('-', '−');
        return Math.abs(ratio - 1) > noise ? signed : signed + ": too little to be told from chance";
    }
}
