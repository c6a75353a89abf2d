/**
 * What is in a trace. {@link io.tierdrill.recorder.inspect.Inspection} is the door: it reads a trace once, with bounded
 * memory, into {@link io.tierdrill.model.statistics.TraceStatistics}; {@code InspectText}, {@code InspectJson} and
 * {@code RecordLines} write what people and programs read.
 */
package io.tierdrill.recorder.inspect;
