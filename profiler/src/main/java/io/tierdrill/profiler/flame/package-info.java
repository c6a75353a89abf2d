/**
 * Profiles as pages: {@link io.tierdrill.profiler.flame.FlamePage} draws a flame graph of one profile, or of two set side
 * by side, as one HTML file that needs nothing else. Knows nothing of processes and recordings.
 */
package io.tierdrill.profiler.flame;
