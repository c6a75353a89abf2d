package io.tierdrill.recorder.gor;

import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.Refused;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The line before a payload: {@code 1 932079936fa4306fc308d67588178d17d823647c 1439818823587396305 -1}.
 *
 * @param type of the payload
 * @param id the same for a request and its responses
 * @param time nanoseconds of 1970; in responses of the first versions, how long they took
 * @param duration empty where there is none, or -1; what it means, see {@link #latency}
 * @param payloadFrom where the payload begins
 */
record GorMeta(Type type, String id, long time, OptionalLong duration, int payloadFrom) {
    private static final int MOST_LINE = 512;
    /** What is less is no time of this century. */
    private static final long FIRST_TIME = 1_000_000_000_000_000L;

    /** Of a record without. */
    static final GorMeta NONE = new GorMeta(Type.REQUEST, "", 0, OptionalLong.empty(), 0);

    /** The digit at the front. */
    enum Type {
        REQUEST,
        RESPONSE,
        REPLAYED_RESPONSE
    }

    static GorMeta parse(byte[] bytes, int length) throws Refused {
        int end = 0;
        while (end < Math.min(length, MOST_LINE) && bytes[end] != '\n') end++;
        String line = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        String[] words = line.strip().split(" ");
        boolean right = end < length && bytes[end] == '\n' && words.length >= 3 && words[0].matches("[123]");
        if (!right || words[1].isEmpty()) throw new Refused(Flaw.NO_META_LINE, "", line);
        OptionalLong time = number(words[2]);
        if (time.isEmpty()) throw new Refused(Flaw.NO_META_LINE, "", line);
        OptionalLong duration = words.length > 3 ? number(words[3]) : OptionalLong.empty();
        return new GorMeta(Type.values()[words[0].charAt(0) - '1'], words[1], time.getAsLong(), duration, end + 1);
    }

    /**
     * Nanoseconds from a request to the end of this response, which four generations of the tool write in four ways: as
     * the third word; as the fourth, in two ways; and since 1.3 the fourth word is how long the message itself took, in
     * requests too, where it used to be -1.
     */
    long latency(GorMeta request) {
        if (time < FIRST_TIME) return time;
        if (duration.isPresent() && request.duration.isEmpty()) return duration.getAsLong();
        return Math.max(0, time + duration.orElse(0) - request.time);
    }

    /** Empty where it is none, or negative. */
    private static OptionalLong number(String word) {
        try {
            long number = Long.parseLong(word);
            return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }
}
