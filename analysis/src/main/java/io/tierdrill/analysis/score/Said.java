package io.tierdrill.analysis.score;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;

/**
 * What a verdict named.
 *
 * @param kind the class of the limit; by its finer word where the resource has one, {@code cpu-quota} for {@code cpu}
 */
public record Said(String tier, String kind, Confidence confidence) {
    public static Said of(Bottleneck bottleneck) {
        boolean finer = bottleneck.resource().startsWith(bottleneck.kind() + "-");
        return new Said(bottleneck.tier(), finer ? bottleneck.resource() : bottleneck.kind(), bottleneck.confidence());
    }

    /** The same of a tier by another name. */
    public Said on(String name) {
        return new Said(name, kind, confidence);
    }
}
