package io.tierdrill.recorder.packets.account;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of every packet: {@code seen} is the sum of all fates, checked when it is made.
 *
 * @param seen packets read
 * @param fates by {@link Fate.Group#key}, then by {@link Fate#word}; fates that did not occur are left out
 * @param examples the first packet of each fate
 * @param kernelDrops lost before we could see them, as far as the capturing system tells
 * @param observed counts beside the account, by {@link Observation#key}
 * @param tls more about connections with TLS
 */
public record PacketAccount(
        long seen,
        Map<String, Map<String, Long>> fates,
        Map<String, Place> examples,
        long kernelDrops,
        Map<String, Long> observed,
        TlsAccount tls) {

    public PacketAccount {
        fates = Collections.unmodifiableMap(new LinkedHashMap<>(fates));
        examples = Collections.unmodifiableMap(new LinkedHashMap<>(examples));
        observed = Collections.unmodifiableMap(new LinkedHashMap<>(observed));
        long sum = fates.values().stream()
                .flatMap(group -> group.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        if (sum != seen) throw new IllegalArgumentException("saw " + seen + " packets but accounts for " + sum);
    }

    /** Packets of one fate. */
    public long of(Fate fate) {
        return fates.getOrDefault(fate.group().key(), Map.of()).getOrDefault(fate.word(), 0L);
    }

    /** Packets of one group. */
    public long of(Fate.Group group) {
        return fates.getOrDefault(group.key(), Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How often something was observed. */
    public long of(Observation what) {
        return observed.getOrDefault(what.key(), 0L);
    }
}
