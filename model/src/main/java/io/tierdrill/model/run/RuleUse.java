package io.tierdrill.model.run;

/**
 * What became of one rule that changes requests.
 *
 * @param rule the path of its setting, such as {@code load.rewrite[0]}
 * @param applied how often it changed a request, or took a value from an answer
 * @param missed how often a value was not there: not in the answer it should be taken from, or not yet when it was to be
 *     sent
 * @param firstMiss the first of those, in words; empty where there was none
 */
public record RuleUse(String rule, long applied, long missed, String firstMiss) {}
