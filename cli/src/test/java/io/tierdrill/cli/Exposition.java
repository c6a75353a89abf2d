package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a page as strictly as Prometheus' text format 0.0.4 is written. */
final class Exposition {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("(" + NAME + ")((?:\\{" + LABEL + "(?:," + LABEL + ")*,?})?) ([-+0-9.eENaInf]+)");

    private Exposition() {}

    /** Every sample stands under the type of its family, every family and series is there once; the families. */
    static Set<String> check(String page) {
        assertThat(page).endsWith("\n").doesNotContain("\r");
        Set<String> said = new HashSet<>();
        Set<String> families = new HashSet<>();
        String family = "";
        for (String line : page.split("\n")) {
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches()) {
                assertThat(said.add(comment.group(1) + comment.group(2)))
                        .as("again: " + line)
                        .isTrue();
                family = comment.group(2);
                if (comment.group(1).equals("TYPE")) families.add(family);
            } else {
                assertThat(sample.matches())
                        .as("neither comment nor sample: " + line)
                        .isTrue();
                assertThat(sample.group(1)).as("the family of " + line).isEqualTo(family);
                assertThat(families).as("the type of " + line).contains(family);
                assertThat(Double.parseDouble(sample.group(3))).isFinite();
                assertThat(said.add(sample.group(1) + sample.group(2)))
                        .as("again: " + line)
                        .isTrue();
            }
        }
        return families;
    }
}
