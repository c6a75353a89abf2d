package io.tierdrill.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading settings, and every sentence a user may meet. */
class ConfigNodeTest {
    private static final String NL = System.lineSeparator();

    private final Problems problems = new Problems();

    @Test
    void readsEveryKindOfSetting() {
        ConfigNode node = parse(
                "text: hello",
                "whole: 1_000",
                "number: 0.5",
                "flag: true",
                "time: 250ms",
                "bytes: 4KiB",
                "rate: 120/m",
                "word: maglev",
                "texts: [a, b]",
                "objects: [{a: 1}, {a: 2}]",
                "in: {a: 3}");

        assertThat(node.text("text", "")).isEqualTo("hello");
        assertThat(node.whole("whole", 0, 0, 5000)).isEqualTo(1000);
        assertThat(node.number("number", 0, 0, 1)).isEqualTo(0.5);
        assertThat(node.flag("flag", false)).isTrue();
        assertThat(node.duration("time", Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(node.bytes("bytes", 0)).isEqualTo(4096);
        assertThat(node.rate("rate")).contains(2.0);
        assertThat(node.word("word", "", List.of("maglev"))).isEqualTo("maglev");
        assertThat(node.texts("texts")).containsExactly("a", "b");
        assertThat(node.objects("objects"))
                .extracting(o -> o.integer("a", 0, 0, 9))
                .containsExactly(1, 2);
        assertThat(node.object("in").integer("a", 0, 0, 9)).isEqualTo(3);
        node.finish();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void readsOneTextOrManyAndTextsByName() {
        ConfigNode node = parse("one: GET", "many: [GET, PUT]", "named: {X-A: 1, X-B: two}");

        assertThat(node.oneOrMoreTexts("one")).containsExactly("GET");
        assertThat(node.oneOrMoreTexts("many")).containsExactly("GET", "PUT");
        assertThat(node.oneOrMoreTexts("none")).isEmpty();
        assertThat(node.textsByName("named")).containsExactly(Map.entry("X-A", "1"), Map.entry("X-B", "two"));
        assertThat(node.textsByName("none")).isEmpty();
        node.problem("named.X-B", "is wrong", "");
        node.finish();
        assertReported("x.yaml:3:17: named.X-B: is wrong");
    }

    @Test
    void saysWhereATextByNameIsNone() {
        ConfigNode node = parse("a: {X: [1]}", "b: word", "c: {x: 1}");
        node.textsByName("a");
        node.textsByName("b");
        node.oneOrMoreTexts("c");
        assertReported(
                "x.yaml:1:8: a.X: found a list" + NL + "  Allowed: text.",
                "x.yaml:2:4: b: found \"word\"" + NL + "  Allowed: a mapping of names to texts.",
                "x.yaml:3:4: c: found a mapping of settings" + NL + "  Allowed: a list.");
    }

    @Test
    void whatIsNotWrittenReadsAsItsDefault() {
        ConfigNode node = ConfigNode.empty("x.yaml", problems);

        assertThat(node.text("a", "d")).isEqualTo("d");
        assertThat(node.integer("b", 7, 0, 9)).isEqualTo(7);
        assertThat(node.flag("c", true)).isTrue();
        assertThat(node.rate("e")).isEmpty();
        assertThat(node.bytes("f", 5)).isEqualTo(5);
        assertThat(node.texts("g")).isEmpty();
        assertThat(node.object("h").integer("i", 3, 0, 9)).isEqualTo(3);
        node.finish();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void anUnknownSettingIsReportedWithTheNearestKnownOne() {
        ConfigNode node = parse("l4:", "  instnces: 3");
        ConfigNode l4 = node.object("l4");
        l4.integer("instances", 2, 1, 64);
        l4.word("policy", "maglev", List.of("maglev"));
        l4.finish();

        assertReported("x.yaml:2:3: l4.instnces: unknown setting" + NL
                + "  Known: instances, policy. Did you mean instances?");
    }

    @Test
    void anUnknownSettingOnTheFirstAndOnTheLastLineHasItsPlace() {
        ConfigNode node = parse("fist: 1", "known: 2", "last: 3");
        node.integer("known", 0, 0, 9);
        node.finish();

        assertReported(
                "x.yaml:1:1: fist: unknown setting" + NL + "  Known: known.",
                "x.yaml:3:1: last: unknown setting" + NL + "  Known: known.");
    }

    @Test
    void aWrongValueOnTheLastLineWithoutLineFeedHasItsPlace() {
        ConfigNode node = ConfigFile.parse("x.yaml", "a: 1\nb: two", problems);
        assertThat(node.integer("b", 5, 0, 9)).isEqualTo(5);

        assertReported("x.yaml:2:4: b: cannot use \"two\"" + NL + "  Allowed: a whole number from 0 to 9.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "70; a whole number from 1 to 64",
                "0; a whole number from 1 to 64",
                "1.5; a whole number from 1 to 64",
                "99999999999999999999; a whole number from 1 to 64",
                "~; a whole number from 1 to 64"
            })
    void wholeNumbersOutsideTheirRangeAreReported(String text, String allowed) {
        assertThat(parse("n: " + text).integer("n", 2, 1, 64)).isEqualTo(2);

        assertReported("x.yaml:1:4: n: cannot use \"" + text + "\"" + NL + "  Allowed: " + allowed + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.01", "-0.1", ".nan", "NaN", "Infinity", "1d", "0x1p-3", "many"})
    void numbersOutsideTheirRangeAreReported(String text) {
        assertThat(parse("n: " + text).number("n", 0.25, 0, 1)).isEqualTo(0.25);

        assertReported("x.yaml:1:4: n: cannot use \"" + text + "\"" + NL + "  Allowed: a number from 0 to 1.");
    }

    @Test
    void flagsAreTrueOrFalse() {
        assertThat(parse("f: yes").flag("f", false)).isFalse();

        assertReported("x.yaml:1:4: f: cannot use \"yes\"" + NL + "  Allowed: true or false.");
    }

    @Test
    void durationsNeedAUnit() {
        parse("t: 5").optionalDuration("t");

        assertReported("x.yaml:1:4: t: cannot use \"5\"" + NL
                + "  Allowed: a number with a unit: ns, us, ms, s, m or h, such as 250ms or 1.5s.");
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "512B, 512", "4KiB, 4096", "'1 MiB', 1048576", "2GiB, 2147483648", "0, 0"})
    void sizesHaveBinaryUnits(String text, long bytes) {
        assertThat(parse("s: " + text).bytes("s", -1)).isEqualTo(bytes);
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4KB", "4k", "-1", "1.5MiB", "999999999999999GiB", "big"})
    void otherSizesAreReported(String text) {
        assertThat(parse("s: " + text).bytes("s", 7)).isEqualTo(7);

        assertReported("x.yaml:1:4: s: cannot use \"" + text + "\"" + NL
                + "  Allowed: a size such as 512, 4KiB, 1MiB or 1GiB.");
    }

    @ParameterizedTest
    @CsvSource({"300, 300", "300/s, 300", "1200/m, 20", "7200 / h, 2", "0.5, 0.5"})
    void ratesAreASecondUnlessSaidOtherwise(String text, double perSecond) {
        assertThat(parse("r: " + text).rate("r")).contains(perSecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "300/d", "1e3", "fast", "0/s"})
    void otherRatesAreReported(String text) {
        assertThat(parse("r: " + text).rate("r")).isEmpty();

        assertReported("x.yaml:1:4: r: cannot use \"" + text + "\"" + NL
                + "  Allowed: a rate above 0, such as 300, 300/s or 1200/m.");
    }

    @Test
    void aMistypedWordIsGuessed() {
        parse("l7:", "  policy: round-robbin").object("l7").word("policy", "p2c", List.of("round-robin", "p2c"));

        assertReported("x.yaml:2:11: l7.policy: unknown value \"round-robbin\"" + NL
                + "  Known: round-robin, p2c. Did you mean round-robin?");
    }

    @Test
    void wrongShapesAreNamed() {
        ConfigNode node = parse("a: {b: 1}", "c: [1]", "d: 5", "e: 6", "f: [{g: 1}, 2]", "h: [[1], x]", "i: {}");
        node.integer("a", 0, 0, 9);
        node.text("c", "");
        node.object("d");
        node.texts("e");
        node.objects("f");
        node.texts("h");
        node.word("i", "x", List.of("x", "y"));

        assertReported(
                "x.yaml:1:4: a: found a mapping of settings" + NL + "  Allowed: a whole number from 0 to 9.",
                "x.yaml:2:4: c: found a list" + NL + "  Allowed: text.",
                "x.yaml:3:4: d: found \"5\"" + NL + "  Allowed: a mapping of settings.",
                "x.yaml:4:4: e: found \"6\"" + NL + "  Allowed: a list.",
                "x.yaml:5:13: f[1]: found \"2\"" + NL + "  Allowed: a mapping of settings.",
                "x.yaml:6:5: h[0]: found a list" + NL + "  Allowed: text.",
                "x.yaml:7:4: i: found a mapping of settings" + NL + "  Allowed: one of x, y.");
    }

    @Test
    void aKeyWithNothingBehindItIsSaidToBeEmpty() {
        ConfigNode node = parse("a:", "b:", "c:");
        assertThat(node.integer("a", 4, 0, 9)).isEqualTo(4);
        assertThat(node.object("b").has("x")).isFalse();
        node.requiredText("c");

        assertReported(
                "x.yaml:1:3: a: found nothing" + NL + "  Allowed: a whole number from 0 to 9.",
                "x.yaml:3:3: c: is empty" + NL + "  Write a text behind 'c:'.");
    }

    @Test
    void aMissingTextIsReportedWhereItsMappingBegins() {
        ConfigNode node = parse("slo:", "  p99: 1s");
        node.object("slo").requiredText("name");

        assertReported("x.yaml:2:3: slo.name: is missing" + NL + "  Add 'name:' here.");
    }

    @Test
    void aKeyWrittenTwiceIsReportedWithItsFullPath() {
        ConfigNode node = parse("l4:", "  instances: 1", "  instances: 2");
        assertThat(node.object("l4").integer("instances", 9, 0, 9)).isEqualTo(1);

        assertReported("x.yaml:3:3: l4.instances: is written twice" + NL + "  Keep one of them.");
    }

    @Test
    void aReaderAddsProblemsOfItsOwnAtTheirPlace() {
        ConfigNode node = parse("in:", "  from: 5", "  to: 3").object("in");
        node.integer("from", 0, 0, 9);
        node.integer("to", 0, 0, 9);
        node.problem("to", "is below from", "Swap them.");
        node.problem("never", "is needed", "");

        assertReported("x.yaml:3:3: in.to: is below from" + NL + "  Swap them.", "x.yaml:2:3: in.never: is needed");
    }

    @Test
    void placesOfAllSettingsReadAreKept() {
        ConfigNode node = parse("a: 1", "in:", "  b: 2");
        node.integer("a", 0, 0, 9);
        node.object("in").integer("b", 0, 0, 9);

        assertThat(node.places()).isEqualTo(Map.of("a", "x.yaml:1:1", "in", "x.yaml:2:1", "in.b", "x.yaml:3:3"));
    }

    @Test
    void allProblemsAreThrownAtOnce() {
        ConfigNode node = parse("a: x", "b: y");
        node.integer("a", 0, 0, 9);
        node.flag("b", false);

        try {
            problems.throwIfAny();
        } catch (BadInputException bad) {
            assertThat(bad)
                    .hasMessage(String.join(
                            NL,
                            "x.yaml:1:4: a: cannot use \"x\"",
                            "  Allowed: a whole number from 0 to 9.",
                            "x.yaml:2:4: b: cannot use \"y\"",
                            "  Allowed: true or false.",
                            "2 problems; nothing was started."));
            return;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void aFarAwayWordIsNotGuessed() {
        assertThat(NearestWord.help("zzz", List.of("round-robin", "p2c"))).isEqualTo("Known: round-robin, p2c.");
        assertThat(NearestWord.help("a", List.of())).isEqualTo("Nothing is allowed here.");
    }

    private ConfigNode parse(String... lines) {
        return ConfigFile.parse("x.yaml", String.join("\n", lines) + "\n", problems);
    }

    private void assertReported(String... messages) {
        assertThat(problems.all())
                .map(Problem::toString)
                .containsExactlyElementsOf(Stream.of(messages).toList());
    }
}
