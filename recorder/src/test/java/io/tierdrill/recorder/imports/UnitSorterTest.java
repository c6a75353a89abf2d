package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitSorterTest {
    private static final int FILES = 3;
    private static final int LINES = 4_000;
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path folder;

    /** A line and where it came to stand. */
    private record Placed(int file, long instant, String text) {
        long second() {
            return instant / SECOND;
        }
    }

    @Test
    void itIsTheSameInMemoryAndThroughManyRunsOnDisk() throws Exception {
        List<Placed> inMemory = sorted(1 << 20, new Seeds(1));

        assertThat(inMemory).hasSize(FILES * LINES);
        for (int bytes : new int[] {2_000, 50_000})
            assertThat(sorted(bytes, new Seeds(1))).isEqualTo(inMemory);
    }

    @Test
    void instantsNeverGoBack() throws Exception {
        assertThat(sorted(20_000, new Seeds(1))).isSortedAccordingTo(Comparator.comparingLong(Placed::instant));
    }

    /** The slow obvious twin: a stable sort by second of each file's lines. */
    @Test
    void linesOfOneFileInOneSecondKeepTheirOrder() throws Exception {
        List<Placed> all = sorted(5_000, new Seeds(1));
        for (int file = 0; file < FILES; file++) {
            int number = file;
            List<String> expected = lines(file).stream()
                    .sorted(Comparator.comparingLong(Placed::second))
                    .map(Placed::text)
                    .toList();
            assertThat(all.stream().filter(p -> p.file() == number).map(Placed::text))
                    .isEqualTo(expected);
        }
    }

    @Test
    void linesOfSeveralFilesInOneSecondAreInterleaved() throws Exception {
        List<Placed> busiest = sorted(5_000, new Seeds(1)).stream()
                .filter(p -> p.second() == 50)
                .toList();
        long changes = 0;
        for (int i = 1; i < busiest.size(); i++)
            changes += busiest.get(i).file() != busiest.get(i - 1).file() ? 1 : 0;

        // About 40 lines of each of three files; two neighbours are of different files in two cases of three.
        assertThat(changes).isGreaterThan(busiest.size() / 3);
    }

    @Test
    void anotherSeedPlacesTheSameLinesElsewhere() throws Exception {
        List<Placed> one = sorted(5_000, new Seeds(1));
        List<Placed> two = sorted(5_000, new Seeds(2));

        assertThat(two).isNotEqualTo(one);
        assertThat(two.stream().map(Placed::text))
                .containsExactlyInAnyOrderElementsOf(
                        one.stream().map(Placed::text).toList());
    }

    @Test
    void nothingIsLeftOnTheDisk() throws Exception {
        sorted(5_000, new Seeds(1));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private List<Placed> sorted(int bytes, Seeds seeds) throws IOException {
        List<Placed> out = new ArrayList<>();
        try (UnitSorter sorter = new UnitSorter(bytes, folder)) {
            for (int file = 0; file < FILES; file++) {
                sorter.begin(SECOND);
                for (Placed line : lines(file)) {
                    byte[] text = ("<" + line.text() + ">").getBytes(StandardCharsets.US_ASCII);
                    sorter.add(line.instant(), text, 1, text.length - 1);
                }
            }
            sorter.drain(
                    seeds,
                    (file, instant, b, from, to) -> out.add(
                            new Placed(file, instant, new String(b, from, to - from, StandardCharsets.US_ASCII))));
        }
        return out;
    }

    /** Lines of 100 seconds in a random order. */
    private static List<Placed> lines(int file) {
        var chance = new Seeds(9).stream("file " + file);
        List<Placed> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++)
            lines.add(new Placed(file, SECOND * chance.nextInt(100), file + "/" + i + "x".repeat(chance.nextInt(60))));
        return lines;
    }
}
