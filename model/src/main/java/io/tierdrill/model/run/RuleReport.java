package io.tierdrill.model.run;

import java.util.List;

/**
 * What became of the rules that change requests.
 *
 * @param rules in the order of the settings
 * @param warnings in words: rules that never applied, users that were forgotten, bodies that could not be read
 */
public record RuleReport(List<RuleUse> rules, List<String> warnings) {}
