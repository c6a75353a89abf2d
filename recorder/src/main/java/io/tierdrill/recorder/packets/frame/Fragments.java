package io.tierdrill.recorder.packets.frame;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts IP packets together again, in any order, but without overlaps: those are an attack or a fault (RFC 5722), and the
 * packet is given up. Memory is bounded by {@link #MOST_OPEN} packets of 64 KiB. One thread.
 */
final class Fragments {
    private static final int MOST_OPEN = 64;
    private static final int MOST_BYTES = 65_536;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    /** What fragments of one packet have in common. */
    record Key(Address from, Address to, int protocol, int id, int network) {}

    private final Map<Key, Open> open = new LinkedHashMap<>();
    private final Tally tally;

    Fragments(Tally tally) {
        this.tally = tally;
    }

    /**
     * Takes a fragment and answers the whole when it was the last one missing.
     *
     * @param offset of its bytes within the whole, a multiple of 8
     * @param more whether others follow behind it
     */
    Optional<Stretch> take(Key key, int offset, boolean more, Stretch fragment) {
        tally.observed(Observation.FRAGMENTS);
        giveUpOld(fragment.nanos());
        int end = offset + fragment.length();
        boolean usable = !fragment.isCut() && end <= MOST_BYTES && fragment.length() > 0 && (!more || end % 8 == 0);
        Open whole = open.computeIfAbsent(key, k -> new Open(fragment.place(), fragment.nanos()));
        whole.packets += fragment.packets();
        if (!usable || !whole.add(offset, end, more, fragment.bytes())) {
            giveUp(open.remove(key));
            return Optional.empty();
        }
        if (!whole.isComplete()) return Optional.empty();
        open.remove(key);
        tally.observed(Observation.REASSEMBLED);
        return Optional.of(whole.stretch(fragment.network()));
    }

    /** No more will come. */
    void finish() {
        open.values().forEach(this::giveUp);
        open.clear();
    }

    private void giveUpOld(long now) {
        Iterator<Open> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Open whole = oldest.next();
            if (open.size() < MOST_OPEN && now - whole.nanos < PATIENCE_NANOS) return;
            giveUp(whole);
            oldest.remove();
        }
    }

    private void giveUp(Open whole) {
        tally.packets(Fate.FRAGMENT, whole.packets, whole.place);
    }

    /** A packet of which some fragments are here. */
    private static final class Open {
        private final Place place;
        private final long nanos;
        private final BitSet blocks = new BitSet();
        private byte[] bytes = new byte[0];
        private int packets;
        private boolean endKnown;
        private int length;
        private int furthest;

        Open(Place place, long nanos) {
            this.place = place;
            this.nanos = nanos;
        }

        boolean add(int offset, int end, boolean more, ByteBuffer content) {
            int lastBlock = (end + 7) / 8;
            int next = blocks.nextSetBit(offset / 8);
            if (next >= 0 && next < lastBlock || endKnown && (!more || end > length)) return false;
            if (!more) {
                endKnown = true;
                length = end;
            }
            furthest = Math.max(furthest, end);
            if (endKnown && furthest > length) return false;
            if (bytes.length < end) bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
            content.get(0, bytes, offset, end - offset);
            blocks.set(offset / 8, lastBlock);
            return true;
        }

        boolean isComplete() {
            return endKnown && blocks.nextClearBit(0) >= (length + 7) / 8;
        }

        Stretch stretch(int network) {
            return new Stretch(ByteBuffer.wrap(bytes, 0, length).slice(), length, place, nanos, packets, network);
        }
    }
}
