/** The one way from a recorder to a trace on disk: {@link io.tierdrill.recorder.output.TraceOutput}. */
package io.tierdrill.recorder.output;
