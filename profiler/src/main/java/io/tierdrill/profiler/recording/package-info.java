/**
 * Takes profiles of running processes. {@link io.tierdrill.profiler.recording.StackRecorder} is the door: a JVM is asked
 * to run its Flight Recorder, for any other process {@code perf} is started where the machine has and allows it. Whatever
 * goes wrong with one process is a reason in its place, and harms no other.
 */
package io.tierdrill.profiler.recording;
