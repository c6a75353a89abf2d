package io.tierdrill.recorder.input;

import java.util.Map;
import java.util.TreeMap;

/**
 * One input, open.
 *
 * @param form what was recognised, for people: the format's word, or more: {@code json (caddy)}
 * @param units its pieces
 * @param parser of one piece; reused for all of them
 * @param timing what its times are worth
 * @param notes facts for the trace's notes by topic, such as {@code arrival}: which instant of a request was logged
 */
public record Reading(String form, Units units, UnitParser parser, Timing timing, Map<String, String> notes) {
    public Reading {
        notes = Map.copyOf(new TreeMap<>(notes));
    }
}
