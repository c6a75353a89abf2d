package io.tierdrill.recorder.packets.account;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts while a capture is read. One thread. */
public final class Tally {
    private final long[] fates = new long[Fate.values().length];
    private final Map<Fate, Place> fatePlaces = new EnumMap<>(Fate.class);
    private final long[] rejected = new long[RejectReason.values().length];
    private final Map<RejectReason, Place> rejectPlaces = new EnumMap<>(RejectReason.class);
    private final long[] observed = new long[Observation.values().length];
    private final NameCounts withoutKeys = new NameCounts();
    private final NameCounts unsupported = new NameCounts();
    private TlsAccount.Keys keys = TlsAccount.Keys.NONE;
    private long seen;
    private long imported;

    /** A frame was read. */
    public void seen() {
        seen++;
    }

    /** That became of so many packets, the first of which stands there. */
    public void packets(Fate fate, long packets, Place first) {
        if (packets == 0) return;
        fates[fate.ordinal()] += packets;
        fatePlaces.putIfAbsent(fate, first);
    }

    /** A request is in the trace. */
    public void imported() {
        imported++;
    }

    /** A request that began there is not in the trace. */
    public void rejected(RejectReason reason, Place place) {
        rejected[reason.ordinal()]++;
        rejectPlaces.putIfAbsent(reason, place);
    }

    public void observed(Observation what) {
        observed[what.ordinal()]++;
    }

    public void observed(Observation what, long times) {
        observed[what.ordinal()] += times;
    }

    /** A connection to that server stays opaque for want of keys. */
    public void tlsWithoutKeys(String serverName) {
        withoutKeys.add(serverName);
    }

    /** A connection with that version and cipher is not read. */
    public void tlsUnsupported(String name) {
        unsupported.add(name);
    }

    /** What the key log has given up to now. */
    public void tlsKeys(TlsAccount.Keys given) {
        keys = given;
    }

    /** Frames seen so far. */
    public long packetsSeen() {
        return seen;
    }

    public long importedSoFar() {
        return imported;
    }

    /** Rejected requests by {@link RejectReason#word}, those that occurred. */
    public Map<String, Long> rejected() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (RejectReason reason : RejectReason.values())
            if (rejected[reason.ordinal()] > 0) counts.put(reason.word(), rejected[reason.ordinal()]);
        return counts;
    }

    /** Where the first rejected request of each reason began. */
    public Map<String, Place> rejectPlaces() {
        Map<String, Place> places = new LinkedHashMap<>();
        rejectPlaces.forEach((reason, place) -> places.put(reason.word(), place));
        return places;
    }

    /** @param kernelDrops packets that the capturing system says it lost before we could see them */
    public PacketAccount packets(long kernelDrops) {
        Map<String, Map<String, Long>> groups = new LinkedHashMap<>();
        for (Fate.Group group : Fate.Group.values()) groups.put(group.key(), new LinkedHashMap<>());
        Map<String, Place> places = new LinkedHashMap<>();
        for (Fate fate : Fate.values()) {
            if (fates[fate.ordinal()] == 0) continue;
            groups.get(fate.group().key()).put(fate.word(), fates[fate.ordinal()]);
            places.put(fate.word(), fatePlaces.get(fate));
        }
        Map<String, Long> notes = new LinkedHashMap<>();
        for (Observation what : Observation.values())
            if (observed[what.ordinal()] > 0) notes.put(what.key(), observed[what.ordinal()]);
        TlsAccount tls = new TlsAccount(withoutKeys.counts(), unsupported.counts(), keys);
        return new PacketAccount(seen, groups, places, kernelDrops, notes, tls);
    }
}
