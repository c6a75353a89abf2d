/**
 * Whether two traces are the same traffic, and where they are not: a recording and the recording of its replay.
 * {@link io.tierdrill.recorder.diff.TraceDiff} is the door. A {@code Profile} is what is kept of a trace while it is read;
 * two of them make a {@link io.tierdrill.recorder.diff.DiffReport}.
 */
package io.tierdrill.recorder.diff;
