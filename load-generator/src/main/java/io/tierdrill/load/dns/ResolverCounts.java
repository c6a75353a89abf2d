package io.tierdrill.load.dns;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the resolvers of a run did.
 *
 * @param asked questions sent to the DNS tier, repetitions included
 * @param answered of them, with an answer that could be used
 * @param hits connections whose address was in a cache
 * @param misses connections that had to wait for an answer
 * @param stale connections that got an answer whose time was over, because no new one could be had
 * @param failed connections that got no address
 */
public record ResolverCounts(long asked, long answered, long hits, long misses, long stale, long failed) {

    /** By name, as it stands among what happened to connections; without what never happened. */
    public Map<String, Long> toMap() {
        Map<String, Long> map = new TreeMap<>(
                Map.of("dnsQuestions", asked, "dnsAnswers", answered, "dnsCacheHits", hits, "dnsCacheMisses", misses));
        if (stale > 0) map.put("dnsStale", stale);
        if (failed > 0) map.put("dnsFailed", failed);
        return map;
    }

    ResolverCounts plus(ResolverCounts o) {
        return new ResolverCounts(
                asked + o.asked,
                answered + o.answered,
                hits + o.hits,
                misses + o.misses,
                stale + o.stale,
                failed + o.failed);
    }
}
