/**
 * A tier as a process of its own: the command that starts it, the archive of classes that lets it start quickly, and
 * the few lines it exchanges with its parent.
 *
 * <pre>
 *   parent {@link io.tierdrill.targets.process.ChildProcess}       child {@link io.tierdrill.targets.process.Lifeline}
 *     start  ------------------------------------------&gt;
 *            &lt;--- stdout: READY traffic=HOST:PORT admin=HOST:PORT
 *            ---- stdin:  WIRE HOST:PORT HOST:PORT ... ---&gt;
 *            &lt;--- stdout: WIRED
 *     gone   ---- stdin ends ----------------------------&gt;   stops at once
 * </pre>
 *
 * The child's standard error is its log. This package knows neither stacks nor tiers' settings; begin with
 * {@link io.tierdrill.targets.process.ChildProcess}.
 */
package io.tierdrill.targets.process;
