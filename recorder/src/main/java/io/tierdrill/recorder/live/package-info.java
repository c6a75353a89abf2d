/**
 * Live traffic into traces without harm to what is watched: bounded memory, bounded disk, drop and count, never block.
 * Carriers of traffic tell {@link io.tierdrill.recorder.live.LiveRecording}, begin there. A request goes from {@code
 * Intake} (any thread) into {@code Line} (in order of time, until its response is known or the window is over) into
 * {@code TraceFiles} (rotation, quota, failing disks).
 */
package io.tierdrill.recorder.live;
