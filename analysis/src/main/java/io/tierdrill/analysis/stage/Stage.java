package io.tierdrill.analysis.stage;

import io.tierdrill.analysis.observed.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One piece of a request's time.
 *
 * <pre>
 *  due     sent                                                                       done
 *   |lateness|held|dns|connect|     path     |                 l7                   |
 *                                            |queue|own|          downstream        |
 *                                                      |  gap  |      service       |
 *                                                              |queue|own|downstream|
 * </pre>
 *
 * Each is a duration on one clock; where two are subtracted, the inner one lies within the outer one.
 */
record Stage(String key, Optional<String> tier, String label, Piece piece) {

    /** Nanoseconds of this piece in the i-th request. */
    interface Piece {
        long nanos(Requests requests, int i);
    }

    private static final String QUEUE = "-queue";
    private static final String DOWNSTREAM = "-downstream";

    /** The pieces along a chain of HTTP tiers, outermost first; whatever they leave over belongs to nobody. */
    static List<Stage> along(List<String> chain, List<String> below) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("lateness", Optional.empty(), "injector late", Requests::latenessNanos));
        stages.add(new Stage("held", Optional.empty(), "held for its user or a connection", Requests::heldNanos));
        stages.add(new Stage("dns", Optional.of("dns"), "DNS lookup", Requests::dnsNanos));
        stages.add(new Stage("connect", Optional.empty(), "connect" + through(below), Requests::connectNanos));
        if (chain.isEmpty()) return stages;
        String first = chain.get(0);
        stages.add(
                new Stage("path", Optional.empty(), "path to " + first + through(below), (r, i) -> path(r, i, first)));
        for (int t = 0; t < chain.size(); t++) {
            Optional<String> next = t + 1 < chain.size() ? Optional.of(chain.get(t + 1)) : Optional.empty();
            tier(stages, chain.get(t), next);
        }
        return stages;
    }

    private static void tier(List<Stage> stages, String tier, Optional<String> next) {
        stages.add(
                new Stage(tier + QUEUE, Optional.of(tier), tier + " queue", (r, i) -> r.stageNanos(i, tier + QUEUE)));
        stages.add(new Stage(tier + "-own", Optional.of(tier), tier + " itself", (r, i) -> own(r, i, tier)));
        if (next.isPresent())
            stages.add(new Stage(
                    tier + "-gap",
                    Optional.empty(),
                    tier + " to " + next.get() + ", network and sockets",
                    (r, i) -> gap(r, i, tier, next.get())));
        else
            stages.add(new Stage(
                    tier + "-downstream",
                    Optional.empty(),
                    "what " + tier + " waits for",
                    (r, i) -> r.stageNanos(i, tier + DOWNSTREAM)));
    }

    private static String through(List<String> below) {
        return below.isEmpty() ? "" : ", through " + String.join(" and ", below);
    }

    private static long path(Requests r, int i, String first) {
        if (!r.has(i, first)) return 0;
        return r.serviceNanos(i) - r.dnsNanos(i) - r.connectNanos(i) - r.stageNanos(i, first);
    }

    private static long own(Requests r, int i, String tier) {
        return r.stageNanos(i, tier) - r.stageNanos(i, tier + QUEUE) - r.stageNanos(i, tier + DOWNSTREAM);
    }

    /** Where the tier below did not report, its caller's wait belongs to nobody. */
    private static long gap(Requests r, int i, String tier, String next) {
        return r.has(i, next) ? r.stageNanos(i, tier + DOWNSTREAM) - r.stageNanos(i, next) : 0;
    }
}
