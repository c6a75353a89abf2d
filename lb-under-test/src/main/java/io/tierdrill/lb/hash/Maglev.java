package io.tierdrill.lb.hash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The lookup table of Maglev (Eisenbud et al., NSDI 2016, section 3.4): each member has a permutation of all places and
 * the members take turns in claiming their next free one. Shares are equal within one place per round, and when a
 * member leaves, few places of the others move. Immutable; the table depends on the set of names alone, not on their
 * order, so that two balancers with the same members choose alike.
 */
public final class Maglev {
    /** The smaller of the two table sizes the paper measures; a prime, so that every skip visits every place. */
    public static final int PLACES = 65537;

    private static final long OFFSET_SEED = 0x6f66667365740000L;
    private static final long SKIP_SEED = 0x736b697000000000L;

    private final int[] table;

    private Maglev(int[] table) {
        this.table = table;
    }

    /**
     * Populates the table.
     *
     * @param names of the members, all different, at least one
     */
    public static Maglev of(List<String> names) {
        if (names.isEmpty() || names.size() > PLACES)
            throw new IllegalArgumentException("members must be 1 to " + PLACES + ", were " + names.size());
        int count = names.size();
        int[] turn = inNameOrder(names);
        int[] place = new int[count];
        int[] skip = new int[count];
        for (int i = 0; i < count; i++) {
            byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
            place[i] = (int) Long.remainderUnsigned(Mixer.bytes(OFFSET_SEED, name), PLACES);
            skip[i] = (int) Long.remainderUnsigned(Mixer.bytes(SKIP_SEED, name), PLACES - 1) + 1;
        }
        return new Maglev(populate(turn, place, skip));
    }

    /** The index, in the list given, of the member for this flow. */
    public int member(long hash) {
        return table[(int) Long.remainderUnsigned(hash, PLACES)];
    }

    /** How many places each member holds, for those who judge the balance. */
    public int[] shares(int members) {
        int[] shares = new int[members];
        for (int member : table) shares[member]++;
        return shares;
    }

    private static int[] populate(int[] turn, int[] place, int[] skip) {
        int[] table = new int[PLACES];
        Arrays.fill(table, turn.length);
        int free = PLACES;
        while (true) {
            for (int member : turn) {
                while (table[place[member]] != turn.length) place[member] = (place[member] + skip[member]) % PLACES;
                table[place[member]] = member;
                if (--free == 0) return table;
            }
        }
    }

    private static int[] inNameOrder(List<String> names) {
        return java.util.stream.IntStream.range(0, names.size())
                .boxed()
                .sorted(java.util.Comparator.comparing(names::get))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
