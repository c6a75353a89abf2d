package io.tierdrill.load.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafePatternTest {
    @Test
    void findsGroups() {
        var match = SafePattern.of("csrf\" value=\"([^\"]+)\"").find("<input name=\"csrf\" value=\"a1b2\">");
        assertThat(match.orElseThrow().group(1)).isEqualTo("a1b2");
        assertThat(SafePattern.of("x").find("abc")).isEmpty();
    }

    @Test
    void matchesTheWholeText() {
        assertThat(SafePattern.of("a+").matches("aaa")).isPresent();
        assertThat(SafePattern.of("a+").matches("aaab")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*a){25}$", "(a|a)*$", "([a-z]+)*=", "(?:a?){40}a{40}$"})
    @Timeout(10)
    void givesUpOnTextsMadeToBacktrack(String regex) {
        String text = "a".repeat(50_000) + "!";
        assertThat(SafePattern.of(regex).find(text)).isEmpty();
        assertThat(SafePattern.of(regex).without(text)).isNotNull();
    }

    @Test
    void findsInALongTextWhatAnOrdinarySearchFinds() {
        String text = "x".repeat(1 << 20) + "token=abc;";
        assertThat(SafePattern.of("token=(\\w+)").find(text).orElseThrow().group(1))
                .isEqualTo("abc");
    }

    @Test
    void leavesOutEveryMatch() {
        assertThat(SafePattern.of("[0-9]+").without("a1b22c")).isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource({"(a, Unclosed group", "*a, Dangling meta character '*' at character 1"})
    void saysWhatIsWrong(String regex, String fault) {
        assertThat(SafePattern.fault(regex))
                .hasValueSatisfying(f -> assertThat(f).startsWith(fault));
        assertThat(SafePattern.fault("a(b)c")).isEmpty();
        assertThat(SafePattern.fault("x".repeat(2_000)))
                .hasValueSatisfying(f -> assertThat(f).startsWith("longer than 1000 characters"));
    }
}
