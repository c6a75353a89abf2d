/**
 * From recordings of GoReplay ({@code .gor}) to requests:
 *
 * <pre>
 * 1 &lt;id&gt; &lt;unix nanoseconds&gt; [duration]     {@code GorMeta}
 * GET / HTTP/1.1                              {@code HttpMessage}
 * Host: example.org
 *
 * [monkeys]                                   {@code GorRecords} cuts here
 * </pre>
 *
 * {@code GorExchanges} joins requests (1) with their responses (2) by id. Begin there.
 */
package io.tierdrill.recorder.gor;
