/**
 * What the tiers say of themselves at {@code /metrics}. {@link io.tierdrill.profiler.scrape.Scraper} is the door: one
 * thread, one selector, one kept connection to each instance.
 */
package io.tierdrill.profiler.scrape;
