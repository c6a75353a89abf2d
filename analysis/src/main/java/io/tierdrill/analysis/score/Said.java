package io.tierdrill.analysis.score;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;

/** What a verdict named: a tier, a class of limit, and how sure it was. */
public record Said(String tier, String kind, Confidence confidence) {
    public static Said of(Bottleneck bottleneck) {
        return new Said(bottleneck.tier(), bottleneck.kind(), bottleneck.confidence());
    }
}
