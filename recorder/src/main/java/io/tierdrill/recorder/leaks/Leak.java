package io.tierdrill.recorder.leaks;

/**
 * Something in a trace that looks like a secret.
 *
 * @param kind such as {@code email} or {@code card}
 * @param count how often this kind was found
 * @param record number of the request with the first one, from 1; 0 is the trace's metadata
 * @param field of that request, such as {@code path} or {@code header Referer}
 * @param shown the beginning of what was found: at most four characters
 */
public record Leak(String kind, long count, long record, String field, String shown) {}
