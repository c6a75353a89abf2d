/**
 * What was seen, arranged for questions: {@link io.tierdrill.analysis.observed.RunData} is the door. Everything is read
 * once, warm-up is left out, and counters become rates per window.
 */
package io.tierdrill.analysis.observed;
