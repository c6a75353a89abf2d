package io.tierdrill.recorder.mirror;

/**
 * What came to the endpoint. Serialises to JSON as it stands.
 *
 * @param copies requests read whole and handed to the recording
 * @param incomplete copies whose connection ended before they did; not recorded
 * @param notHttp connections that were given up because of bytes that are no HTTP/1.x request
 * @param timesNotBelieved copies that were given a time more than a minute ago or ahead of ours; they are recorded at
 *     the time they came
 * @param connections open now
 */
public record MirrorAccount(long copies, long incomplete, long notHttp, long timesNotBelieved, long connections) {}
