/**
 * Looks for secrets in a trace that is on disk, ours or foreign. Shares no code with the redaction, so that what one
 * forgets the other may find: regular expressions over every way to decode a field. Begin with {@link
 * io.tierdrill.recorder.leaks.LeakScan}.
 */
package io.tierdrill.recorder.leaks;
