/**
 * Where requests come from. {@link io.tierdrill.recorder.imports.TraceImport} makes a trace from logs and recordings,
 * {@link io.tierdrill.recorder.packets.CaptureImport} from packet captures, and
 * {@link io.tierdrill.recorder.inspect.Inspection} tells what is in one. Knows the model and nobody else.
 */
package io.tierdrill.recorder;
