package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.observed.ResourceUse;
import io.tierdrill.model.sample.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same limit in all instances of a tier.
 *
 * @param uses one an instance, at least one
 */
record TierLimit(String tier, String resource, ResourceKind kind, List<ResourceUse> uses) {

    /** Every limit of the stack that may be blamed, outermost tier first. */
    static List<TierLimit> all(Facts facts) {
        Map<List<String>, List<ResourceUse>> groups = new LinkedHashMap<>();
        for (ResourceUse use : facts.telemetry().uses())
            if (use.ranked())
                groups.computeIfAbsent(List.of(use.tier(), use.name()), k -> new ArrayList<>())
                        .add(use);
        return groups.values().stream()
                .map(u ->
                        new TierLimit(u.get(0).tier(), u.get(0).name(), u.get(0).kind(), List.copyOf(u)))
                .toList();
    }

    /** The saturated ones, the most downstream first. */
    static List<TierLimit> saturated(Facts facts) {
        Comparator<TierLimit> downstreamFirst = Comparator.<TierLimit>comparingInt(l -> facts.depth(l.tier()))
                .thenComparingInt(TierLimit::depthWithinTier)
                .thenComparingDouble(TierLimit::fullest)
                .reversed();
        return all(facts).stream()
                .filter(TierLimit::isSaturated)
                .sorted(downstreamFirst)
                .toList();
    }

    /**
     * What waits for what inside one process: the accept queue for the queue, that for a free slot, that for a
     * connection to the tier below; and everything for the processor, of which a quota may give less than there is.
     */
    private int depthWithinTier() {
        return switch (kind) {
            case ACCEPT_QUEUE -> 0;
            case QUEUE -> 1;
            case CONCURRENCY -> 2;
            case NETWORK, TABLE, PORTS, DESCRIPTORS, MEMORY -> 3;
            case POOL, LOCK -> 4;
            case CPU -> isCpu() ? 5 : 6;
        };
    }

    boolean isSaturated() {
        return uses.stream().anyMatch(ResourceUse::saturated);
    }

    List<ResourceUse> full() {
        return uses.stream().filter(ResourceUse::saturated).toList();
    }

    /** The instance that uses most of it. */
    ResourceUse hottest() {
        return uses.stream()
                .max(Comparator.comparingDouble(ResourceUse::share)
                        .thenComparingDouble(ResourceUse::fullShare)
                        .thenComparing(u -> -u.instance().number()))
                .orElseThrow();
    }

    double fullest() {
        return uses.stream().mapToDouble(ResourceUse::fullShare).max().orElse(0);
    }

    /** Of the hottest instance, 0 to 1. */
    double share() {
        return hottest().share();
    }

    double meanShare() {
        return uses.stream().mapToDouble(ResourceUse::share).average().orElse(0);
    }

    double waiters() {
        return uses.stream().mapToDouble(ResourceUse::waitersMean).sum();
    }

    long drops() {
        return uses.stream().mapToLong(ResourceUse::drops).sum();
    }

    boolean isCpu() {
        return resource.equals(ResourceUse.CPU);
    }

    Optional<String> setting() {
        return Optional.of(uses.get(0).setting()).filter(s -> !s.isEmpty());
    }

    boolean is(String name) {
        return resource.equals(name);
    }

    /** The word for the class of cause it is. */
    String cause() {
        if (is(ResourceUse.CPU_QUOTA) || is(ResourceUse.RECEIVE_BUFFER)) return resource;
        return kind.word();
    }

    /** {@code service concurrency}, {@code l7 CPU}. */
    String words() {
        return tier + " " + resource.replace('-', ' ').replace("cpu", "CPU");
    }
}
