package io.tierdrill.recorder.packets;

import io.tierdrill.recorder.packets.account.PacketAccount;
import io.tierdrill.recorder.packets.account.Place;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of every request and every packet: {@code read = imported + rejected}, checked when it is made, and see
 * {@link PacketAccount}. Serialises to the JSON of {@code import --json} as it stands.
 *
 * @param read requests that were seen to begin
 * @param imported requests in the trace
 * @param rejected the others by {@link io.tierdrill.recorder.packets.account.RejectReason#word}
 * @param examples where the first request of each reason began
 * @param inputs each capture, in the order given
 * @param packets what became of every packet
 * @param firstRequest when the earliest request began; also the start of the trace. Null when nothing was imported
 * @param lastRequest when the latest request began. Null when nothing was imported
 * @param masked what the redaction has replaced, by kind; empty for a recording, whose own account tells
 */
public record CaptureAccount(
        long read,
        long imported,
        Map<String, Long> rejected,
        Map<String, Place> examples,
        List<Input> inputs,
        PacketAccount packets,
        Instant firstRequest,
        Instant lastRequest,
        Map<String, Long> masked) {

    public CaptureAccount {
        rejected = Collections.unmodifiableMap(new LinkedHashMap<>(rejected));
        examples = Collections.unmodifiableMap(new LinkedHashMap<>(examples));
        inputs = List.copyOf(inputs);
        masked = Collections.unmodifiableMap(new TreeMap<>(masked));
        long sum =
                imported + rejected.values().stream().mapToLong(Long::longValue).sum();
        if (sum != read) throw new IllegalArgumentException("read " + read + " requests but accounts for " + sum);
    }

    /**
     * One capture.
     *
     * @param format found by its first bytes: {@code pcap} or {@code pcapng}
     * @param damage where and why reading ended early; empty for a whole capture
     */
    public record Input(String file, String format, long packets, String damage) {}
}
