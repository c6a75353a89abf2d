package io.tierdrill.model.sample;

/**
 * Something that happened once: a crash, a restart, a health change, the end of the warm-up.
 *
 * @param atNanos from the start of the run
 * @param kind a short fixed word: {@code crash}, {@code restart}, {@code start}, {@code stop}, {@code phase}
 * @param subject who: an instance such as {@code l7/2}, a tier, or {@code run}
 * @param message one sentence for people
 */
public record RunEvent(long atNanos, String kind, String subject, String message) {}
