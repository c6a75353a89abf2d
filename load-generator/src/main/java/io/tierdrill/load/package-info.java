/**
 * The load generator: from a trace or a written pattern to requests on the wire, on time, whatever the answers do.
 *
 * <pre>
 *   LoadConfig ─> Schedules ─> Schedule ─> Injector ─> RequestSample, Injection, latency.hlog
 *                  pattern or     due times   │
 *                  replay                     └ wire (connections), http (bytes), dns (names), record (histograms)
 * </pre>
 *
 * Begin with {@link io.tierdrill.load.Injector#run}. The packages below this one do not know it: arrival laws, patterns
 * and trace replay yield requests; the wire sends them; the record keeps what came of them.
 */
package io.tierdrill.load;
