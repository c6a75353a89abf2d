/**
 * Several traces into one, in order of time: the pieces of a rotated recording, or recordings of several machines.
 * {@link io.tierdrill.recorder.merge.TraceMerge} is the door.
 */
package io.tierdrill.recorder.merge;
