package io.tierdrill.recorder.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.fields.ExampleTraces;
import io.tierdrill.recorder.fields.Opened;
import io.tierdrill.recorder.imports.ImportAccount;
import io.tierdrill.recorder.imports.ImportOptions;
import io.tierdrill.recorder.imports.ImportText;
import io.tierdrill.recorder.imports.TraceImport;
import io.tierdrill.recorder.input.Timing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatesCsvTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int ARRIVALS = 500;

    @TempDir
    Path folder;

    @Test
    void theSixHoursOfNasaComeOutSecondBySecondAsTheyWent() throws Exception {
        Path csv = ExampleTraces.file("rates/nasa-1995-busiest-6h.csv");
        int[] expected = Files.readAllLines(csv).stream()
                .skip(1)
                .mapToInt(l -> Integer.parseInt(l.substring(l.indexOf(',') + 1)))
                .toArray();
        int arrivals = Arrays.stream(expected).sum();
        long quiet = Arrays.stream(expected).filter(n -> n == 0).count();

        Path trace = folder.resolve("nasa.trace");
        ImportAccount account = TraceImport.run(List.of(csv), trace, ImportOptions.defaults());

        assertThat(perSecond(trace, expected.length)).isEqualTo(expected);
        assertThat(account.read()).isEqualTo(arrivals + quiet);
        assertThat(account.imported()).isEqualTo(arrivals);
        assertThat(account.harmless()).isEqualTo(quiet);
        assertThat(ImportText.of(account).lines().limit(2))
                .containsExactly(
                        String.format("%s: %,d arrivals, format csv-rates (found)", csv, arrivals + quiet),
                        String.format("read %,d = imported %,d + rejected %,d", arrivals + quiet, arrivals, quiet));
    }

    @Test
    void theSameSeedDrawsTheSameAndAnotherDrawsOtherwise() throws Exception {
        assertThat(offsets(1)).isEqualTo(offsets(1)).isNotEqualTo(offsets(2));
    }

    /**
     * Against the even distribution, Kolmogorov and Smirnov. Of a hundred draws one passes 1.63 / sqrt(n) by chance; of
     * these twenty, three would be a wonder.
     */
    @Test
    void arrivalsFallEvenlyOverTheirRow() throws Exception {
        int far = 0;
        for (int seed = 0; seed < 20; seed++) if (distance(offsets(seed)) > 1.63 / Math.sqrt(ARRIVALS)) far++;
        assertThat(far).isLessThan(3);
    }

    private static double distance(long[] offsets) {
        double worst = 0;
        for (int i = 0; i < offsets.length; i++) {
            double share = offsets[i] / (60.0 * SECOND);
            worst = Math.max(worst, Math.max(share - (double) i / ARRIVALS, (i + 1.0) / ARRIVALS - share));
        }
        return worst;
    }

    @Test
    void theNameOfAColumnSaysWhatItsNumbersCount() throws Exception {
        assertThat(count("minute,requests", "0,120", "1,60")).isEqualTo(180);
        assertThat(count("minute,rps", "0,2", "1,1")).isEqualTo(180);
        assertThat(count("time,requests_per_minute", "0,120", "30,60")).isEqualTo(90);
        assertThat(count("time,rpm", "0,120", "60,60")).isEqualTo(180);
        assertThat(count("timestamp,rate", "2026-01-01T00:00:00Z,5", "2026-01-01T00:00:10Z,6"))
                .isEqualTo(11);
        assertThat(count("time,qps", "0,5", "10,6")).isEqualTo(110);
    }

    @Test
    void theLengthOfARowIsTheLeastDistanceSoThatMissingRowsAreQuiet() throws Exception {
        Opened opened = open("time,requests", "0,1", "60,1", "180,1", "240,1");
        assertThat(opened.reading().timing().resolutionNanos()).isEqualTo(60 * SECOND);
        assertThat(opened.reading().timing()).isNotEqualTo(Timing.none());
    }

    @Test
    void fractionsAreCarriedSoThatTheSumIsNeverHalfOneOff() {
        WholeCounts counts = new WholeCounts(0.5);
        RandomGenerator chance = new Seeds(3).stream("rates");
        double due = 0;
        long given = 0;
        for (int i = 0; i < 100_000; i++) {
            double rate = chance.nextInt(4) == 0 ? chance.nextInt(9) : chance.nextDouble() * 3;
            due += rate;
            given += counts.next(rate);
            assertThat(Math.abs(due - given)).isLessThanOrEqualTo(0.5 + 1e-6);
        }
    }

    @Test
    void quietRowsAndWrongOnesAreCounted() throws Exception {
        Opened opened = open("time,requests", "0,2", "1,0", "2,-1", "3,many", "later,1", "5,1e9", "6,999999999", "7,1");
        assertThat(opened.records()).hasSize(3);
        assertThat(opened.refused())
                .containsExactly(
                        "3 3:1 no-arrivals",
                        "4 4:3 bad-number requests",
                        "5 5:3 bad-number requests",
                        "6 6:1 bad-timestamp time",
                        "7 7:3 bad-number requests",
                        "8 8:3 bad-number requests");
    }

    @Test
    void oneRowDoesNotTellHowLongItLasts() throws Exception {
        assertThatThrownBy(() -> open("time,requests", "0,2"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "test: its rows do not tell how long each of them lasts",
                        "  At least two rows with times that differ are needed; the least distance between two that"
                                + " follow each other is the length of all.",
                        "1 problem; nothing was started."));
    }

    private static int count(String... lines) throws Exception {
        Opened opened = open(lines);
        assertThat(opened.refused()).isEmpty();
        return opened.records().size();
    }

    private static Opened open(String... lines) throws Exception {
        return Opened.of(new RatesFormat(), String.join("\n", lines));
    }

    /** Of a minute's arrivals, from its beginning. */
    private long[] offsets(long seed) throws Exception {
        Path csv = Files.writeString(folder.resolve("rates.csv"), "minute,requests\n0," + ARRIVALS + "\n1,0\n");
        Path trace = folder.resolve("rates.trace");
        TraceImport.run(List.of(csv), trace, ImportOptions.defaults().withSeeds(new Seeds(seed)));
        try (TraceReader reader = TraceReader.open(trace)) {
            long start = reader.header().start().toEpochMilli() * 1_000_000;
            List<Long> offsets = new ArrayList<>();
            reader.forEachRemaining(r -> offsets.add(start + r.offsetNanos()));
            return offsets.stream().mapToLong(Long::longValue).toArray();
        }
    }

    private static int[] perSecond(Path trace, int seconds) throws Exception {
        int[] counts = new int[seconds];
        try (TraceReader reader = TraceReader.open(trace)) {
            long start = reader.header().start().getEpochSecond() * SECOND
                    + reader.header().start().getNano();
            for (RequestRecord r : (Iterable<RequestRecord>) () -> reader)
                counts[(int) ((start + r.offsetNanos()) / SECOND)]++;
        }
        return counts;
    }
}
