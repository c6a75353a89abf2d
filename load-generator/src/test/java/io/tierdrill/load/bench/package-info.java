/** What single steps cost, measured by JMH: {@code bench/jmh} runs them. */
package io.tierdrill.load.bench;
