package io.tierdrill.load.identity;

/**
 * The pseudonyms that recordings hold in place of secrets, known by their form (docs/redaction.md): {@code tdp}, 16
 * letters out of 16 consonants, and two more that check them. A user who is multiplied needs pseudonyms of their own,
 * else every copy would share the session of the one recorded. Stateless.
 */
final class Pseudonym {
    static final String PREFIX = "tdp";
    static final int LENGTH = 21;

    private static final String LETTERS = "bcdfghjkmnpqrstv";
    private static final int MEANING = 16;

    private Pseudonym() {}

    /** Whether one begins here. */
    static boolean at(CharSequence text, int from) {
        if (text.length() - from < LENGTH) return false;
        for (int i = 0; i < PREFIX.length(); i++) if (text.charAt(from + i) != PREFIX.charAt(i)) return false;
        for (int i = PREFIX.length(); i < LENGTH; i++) if (LETTERS.indexOf(text.charAt(from + i)) < 0) return false;
        int last = from + LENGTH - 1;
        return (LETTERS.indexOf(text.charAt(last - 1)) << 4 | LETTERS.indexOf(text.charAt(last)))
                == check(text, from + PREFIX.length());
    }

    static boolean is(String text) {
        return text.length() == LENGTH && at(text, 0);
    }

    /** The text with every pseudonym replaced by the one that this copy of its user has; itself where there is none. */
    static String renamed(String text, long copy) {
        int from = text.indexOf(PREFIX);
        StringBuilder out = null;
        while (from >= 0) {
            boolean one = at(text, from);
            if (one && out == null) out = new StringBuilder(text);
            if (one) rename(out, from, copy);
            from = text.indexOf(PREFIX, from + (one ? LENGTH : 1));
        }
        return out == null ? text : out.toString();
    }

    /** 64 bits for 64 bits, one to one for each copy, so that what was different stays different. */
    private static void rename(StringBuilder text, int from, long copy) {
        long bits = 0;
        int start = from + PREFIX.length();
        for (int i = 0; i < MEANING; i++) bits = bits << 4 | LETTERS.indexOf(text.charAt(start + i));
        bits = mix(bits ^ mix(copy * 0x9E3779B97F4A7C15L));
        for (int i = MEANING - 1; i >= 0; i--, bits >>>= 4) text.setCharAt(start + i, LETTERS.charAt((int) bits & 15));
        int check = check(text, start);
        text.setCharAt(start + MEANING, LETTERS.charAt(check >> 4));
        text.setCharAt(start + MEANING + 1, LETTERS.charAt(check & 15));
    }

    private static int check(CharSequence text, int from) {
        int sum = 7;
        for (int i = 0; i < MEANING; i++) sum = sum * 31 + LETTERS.indexOf(text.charAt(from + i));
        return (sum ^ sum >>> 8 ^ sum >>> 16) & 0xff;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a permutation. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
