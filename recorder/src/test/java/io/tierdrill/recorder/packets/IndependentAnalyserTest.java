package io.tierdrill.recorder.packets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests, sizes, statuses and their order as an independent analyser reads them from the same captures. Every
 * difference stands with its reason in docs/packet-import.md; one that is new, or gone, fails.
 */
class IndependentAnalyserTest {
    private static final Path PAGE =
            Path.of("").toAbsolutePath().resolveSibling("docs").resolve("packet-import.md");

    /** What the analyser was given and does not come with the capture. */
    private static final Map<String, String> KEYS = Map.of(
            "tls/tls12-decryption.pcap",
            "CLIENT_RANDOM 4d98940fb40a244b48e42eac287144b1b7393057caa131f961a78e38b0e77c1e "
                    + "bd01e589d105199e9ab5fc9bd758b5f288db28fd80aa02261e4765ac1357d007fd08c7bdab45450e015a01d08e5e7ca6\n");

    /** Analyser logs of a test that read one capture. */
    record Case(String capture, String test, String log) {
        @Override
        public String toString() {
            return capture + " " + log + " of " + test;
        }
    }

    private static Path folder;

    @BeforeAll
    static void find() {
        folder = CaptureFolder.orSkip();
    }

    static List<Case> cases() throws IOException {
        Path captures = CaptureFolder.orSkip();
        List<Case> cases = new ArrayList<>();
        for (String line : Files.readAllLines(captures.resolve("MAPPING.tsv"))) {
            String[] columns = line.split("\t");
            if (!columns[0].equals("trace")) cases.add(new Case(columns[0], columns[1], columns[2]));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatTheAnalyserReadsButForTheDocumentedDifferences(Case one) throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        Path log = folder.resolve("expected").resolve(one.test()).resolve(one.log() + ".log");
        for (String difference : AnalyserDifferences.of(one.log(), AnalyserLog.read(log), imported(one.capture())))
            found.merge(difference, 1, Integer::sum);

        Map<String, Integer> documented = new TreeMap<>();
        documented()
                .filter(row -> row[0].equals(one.capture()) && row[1].equals(one.log()))
                .forEach(row -> documented.put(row[2], Integer.parseInt(row[3])));
        assertThat(found).isEqualTo(documented);
    }

    @Test
    void everyDocumentedDifferenceIsOfACaptureThatIsReadAndHasAReason() throws IOException {
        List<String> read = cases().stream()
                .map(c -> c.capture() + " " + c.log())
                .distinct()
                .toList();
        documented().forEach(row -> {
            assertThat(read).contains(row[0] + " " + row[1]);
            assertThat(row[4]).hasSizeGreaterThan(10);
        });
        assertThat(documented()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void everyPacketOfEveryCaptureHasOneFate(String capture) throws IOException {
        Imported imported = imported(capture);
        assertThat(imported.account().packets().seen())
                .isEqualTo(imported.account().inputs().get(0).packets())
                .isPositive();
        assertThat(imported.account().inputs().get(0).damage()).isEmpty();
    }

    static List<String> captures() throws IOException {
        return cases().stream().map(Case::capture).distinct().toList();
    }

    private static Imported imported(String capture) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("traces").resolve(capture));
        KeyLog keys = KeyLog.empty();
        Optional.ofNullable(KEYS.get(capture)).ifPresent(line -> keys.add("keys", line.getBytes(US_ASCII)));
        return Imported.of(bytes, CaptureOptions.defaults(), keys);
    }

    /** Rows of the table: capture, log, difference, times, reason. */
    private static Stream<String[]> documented() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(2).replace("`", "").split(" *\\| *"))
                .filter(columns -> columns.length == 5 && columns[0].contains(".pcap"));
    }
}
