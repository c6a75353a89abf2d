/**
 * From anything that tells of requests to a trace. {@link io.tierdrill.recorder.imports.TraceImport} is the door,
 * {@link io.tierdrill.recorder.imports.Formats} the list of what can be read. A unit goes {@code OpenInput} (unpacked,
 * which format) to its {@link io.tierdrill.recorder.input.UnitParser} (is it a request?) to {@code UnitSorter} (in order,
 * with bounded memory) to {@code Placement} (where within its stamp) to the trace; what falls out on the way is counted in
 * {@link io.tierdrill.recorder.imports.ImportAccount}. Packets have a door of their own,
 * {@link io.tierdrill.recorder.packets.CaptureImport}.
 */
package io.tierdrill.recorder.imports;
