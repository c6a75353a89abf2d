package io.tierdrill.analysis.finding;

import java.util.List;
import java.util.Optional;

/**
 * What breaks first.
 *
 * @param tier its name in the stack; {@code host} for the machine shared by all
 * @param instance the one instance concerned; empty when it is the whole tier
 * @param resource such as {@code concurrency}, {@code cpu}, {@code connection-table}
 * @param kind the class of the cause: a {@link io.tierdrill.model.sample.ResourceKind} word, or {@code host-cpu},
 *     {@code imbalance}, {@code slow-instance}, {@code crash}, {@code drill}, {@code errors}, {@code latency}
 * @param limit how much of the resource one instance has; empty where the cause is not a limit
 * @param setting the path of the setting that sets the limit
 * @param place where that setting is written, file:line
 * @param title tier and resource for people, in one phrase
 * @param confidence in words
 * @param evidence two or three signals with numbers
 * @param change what to do about it
 */
public record Bottleneck(
        String tier,
        Optional<String> instance,
        String resource,
        String kind,
        Optional<Double> limit,
        Optional<String> setting,
        Optional<String> place,
        String title,
        Confidence confidence,
        List<String> evidence,
        String change) {
    public Bottleneck {
        evidence = List.copyOf(evidence);
    }

    /** The same, this sure of it. */
    public Bottleneck with(Confidence found) {
        return new Bottleneck(tier, instance, resource, kind, limit, setting, place, title, found, evidence, change);
    }
}
