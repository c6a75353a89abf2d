package io.tierdrill.load.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.load.arrival.RateCurve;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShapeReaderTest {
    private static final String NL = System.lineSeparator();
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path folder;

    private Shape read(String yaml) throws BadInputException {
        Problems problems = new Problems();
        Shape shape = ShapeReader.read(ConfigFile.parse("s.yaml", "shape: " + yaml, problems), folder);
        problems.throwIfAny();
        return shape;
    }

    private void refuses(String yaml, String... lines) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(NL, lines));
    }

    private void csv(String... lines) throws IOException {
        Files.write(folder.resolve("rates.csv"), List.of(lines));
    }

    private double rate(Shape shape, double second) {
        return shape.curve(Duration.ofHours(48)).perSecondAt(Math.round(second * SECOND));
    }

    @Test
    void everyKindReadsItselfBackAndScales() throws Exception {
        csv("0,10", "5,20");
        for (String yaml : List.of(
                "{constant: {rate: 300/s}}",
                "{ramp: {from: 0, to: 1200/m, over: 60s}}",
                "{steps: {from: 100, to: 500, count: 5, every: 30s}}",
                "{diurnal: {low: 50, high: 900}}",
                "{spike: {base: 100, peak: 1000, at: 30s}}",
                "{countdown: {base: 100, midnight: 5m}}",
                "{curve: [{at: 0s, rate: 10}, {at: 10s, rate: 10}, {at: 10s, rate: 90}]}",
                "{csv: {file: rates.csv}}")) {
            Shape shape = read(yaml);
            assertThat(read(ConfigFile.write(shape.toMap())
                            .replace("\n", "\n  ")
                            .replaceFirst("^", "\n  ")))
                    .isEqualTo(shape);
            Duration hour = Duration.ofHours(1);
            assertThat(shape.scaledBy(3).curve(hour).expectedBy(100 * SECOND))
                    .isCloseTo(3 * shape.curve(hour).expectedBy(100 * SECOND), within(1e-6));
        }
    }

    @Test
    void theCountdownClimbsSlowlyRisesTenfoldAndFallsByHalves() throws Exception {
        Shape night = read("{countdown: {base: 100, midnight: 5m}}");
        assertThat(rate(night, 0)).isEqualTo(100);
        assertThat(rate(night, 150)).isEqualTo(150);
        assertThat(rate(night, 300)).isEqualTo(200);
        assertThat(rate(night, 303)).isCloseTo(2_000, within(1e-6));
        assertThat(rate(night, 363)).isCloseTo(1_100, within(1e-6));
        assertThat(rate(night, 3_000)).isCloseTo(200, within(2.0));
        assertThat(night.end()).contains(Duration.ofSeconds(903));
    }

    @Test
    void theDiurnalCurveHasItsPeakInTheEveningAndComesAgainEveryDay() throws Exception {
        Shape day = read("{diurnal: {low: 100, high: 900}}");
        assertThat(rate(day, 20 * 3600)).isEqualTo(900);
        assertThat(rate(day, 8 * 3600)).isCloseTo(100, within(1e-6));
        assertThat(rate(day, 44 * 3600)).isEqualTo(900);
    }

    @Test
    void stepsAreLevelAndBothEndsBelongToThem() throws Exception {
        Shape steps = read("{steps: {from: 100, to: 500, count: 5, every: 30s}}");
        assertThat(List.of(rate(steps, 0), rate(steps, 29.9), rate(steps, 30), rate(steps, 149), rate(steps, 500)))
                .containsExactly(100.0, 100.0, 200.0, 500.0, 500.0);
    }

    @Test
    void rowsOfACsvAreLevelUntilTheNextAndTheHeadTellsTheUnits() throws Exception {
        csv("# evening", "minute,requests", "0,600", "1,1200", "", "3,0");
        Shape minutes = read("{csv: {file: rates.csv}}");
        assertThat(List.of(rate(minutes, 59), rate(minutes, 60), rate(minutes, 179), rate(minutes, 181)))
                .containsExactly(10.0, 20.0, 20.0, 0.0);
        assertThat(minutes.end()).contains(Duration.ofMinutes(5));

        csv("10s,50", "1.5m,80");
        Shape plain = read("{csv: {file: rates.csv, times: 2}}");
        assertThat(List.of(rate(plain, 5), rate(plain, 10), rate(plain, 89), rate(plain, 90)))
                .containsExactly(0.0, 100.0, 100.0, 160.0);

        csv("time,rate_per_minute", "0,600");
        RateCurve perMinute = read("{csv: {file: rates.csv}}").curve(Duration.ofSeconds(9));
        assertThat(perMinute.expectedBy(SECOND)).isEqualTo(10);
    }

    @Test
    void saysWhichLineAndColumnOfACsvIsWrong() throws Exception {
        csv("time,rate", "0,10", "5", "3,many", "x,7", "2,8");
        Path file = folder.resolve("rates.csv");
        String help = "  Allowed: lines of TIME,RATE, such as 60,250; times in order, rates 0 or more.";
        refuses(
                "{csv: {file: rates.csv}}",
                "s.yaml:1:15: shape.csv.file: " + file + ":3:1: found 1 column, expected 2",
                help,
                "s.yaml:1:15: shape.csv.file: " + file + ":4:3: rate: cannot use \"many\"",
                help,
                "s.yaml:1:15: shape.csv.file: " + file + ":5:1: time: cannot use \"x\"",
                help,
                "3 problems; nothing was started.");
        csv("0,10", "5,20", "5,30", "6,-1");
        refuses(
                "{csv: {file: rates.csv}}",
                "s.yaml:1:15: shape.csv.file: " + file + ":3:1: time: 5 is not after the row before it",
                help,
                "s.yaml:1:15: shape.csv.file: " + file + ":4:3: rate: cannot use \"-1\"",
                help,
                "2 problems; nothing was started.");
        csv("time,rate");
        refuses(
                "{csv: {file: rates.csv}}",
                "s.yaml:1:15: shape.csv.file: " + file + " holds no rates",
                help,
                "1 problem; nothing was started.");
        refuses(
                "{csv: {file: nowhere.csv}}",
                "s.yaml:1:15: shape.csv.file: cannot read " + folder.resolve("nowhere.csv")
                        + ": there is no such file, or it may not be read",
                help,
                "1 problem; nothing was started.");
    }

    @Test
    void refusesWhatIsNoShape() throws Exception {
        refuses(
                "{ramp: {from: 0, to: 0, over: 5s}}",
                "s.yaml:1:1: shape: is zero everywhere",
                "  Give it a rate above 0 somewhere.",
                "1 problem; nothing was started.");
        csv("0,0", "5,0");
        refuses(
                "{csv: {file: rates.csv}}",
                "s.yaml:1:1: shape: is zero everywhere",
                "  Give it a rate above 0 somewhere.",
                "1 problem; nothing was started.");
        refuses(
                "{rampe: {from: 1}}",
                "s.yaml:1:1: shape: has no kind",
                "  Write one of constant, ramp, steps, diurnal, spike, countdown, curve, csv, such as 'ramp: {from: 100,"
                        + " to: 900, over: 60s}'.",
                "1 problem; nothing was started.");
        refuses(
                "{ramp: {from: 1, over: 0s, too: 5}}",
                "s.yaml:1:15: shape.ramp.to: is missing",
                "  Add 'to:', requests a second, such as 300.",
                "s.yaml:1:25: shape.ramp.over: is zero",
                "  Allowed: a duration above 0, such as 10s.",
                "s.yaml:1:35: shape.ramp.too: unknown setting",
                "  Known: from, to, over. Did you mean to?",
                "3 problems; nothing was started.");
        refuses(
                "{ramp: {from: 1, to: 2, over: 5s}, constant: {rate: 3}}",
                "s.yaml:1:1: shape: is constant and ramp at once",
                "  Keep one of them.",
                "1 problem; nothing was started.");
    }
}
