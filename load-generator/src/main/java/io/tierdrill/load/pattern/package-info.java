/**
 * Load that somebody wrote down instead of recording it. {@link io.tierdrill.load.pattern.PatternConfig} holds the
 * settings, {@link io.tierdrill.load.pattern.PatternRequests} draws the requests: when (an arrival law under a rate), who
 * (visits of a population) and what (a mix of paths, a popularity).
 */
package io.tierdrill.load.pattern;
