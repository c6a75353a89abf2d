package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.statistics.TraceStatistics;
import io.tierdrill.recorder.fields.ExampleTraces;
import io.tierdrill.recorder.inspect.Inspection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access log of a real server: 10,000 lines in combined format, half of them out of order. */
class RealLogTest {
    private static final String LOG = "apache-combined/access.log";

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void find() {
        log = ExampleTraces.file(LOG);
    }

    @Test
    void everyOneOfTheTenThousandLinesIsAccountedFor() throws Exception {
        Path trace = folder.resolve("access.trace");
        ImportAccount account = TraceImport.run(List.of(log), trace, ImportOptions.defaults());

        // Of networks, the permutation leaves one address in 256 where it is, which one depends on the key.
        assertThat(ImportText.of(account).lines().map(l -> l.replaceAll("^masked [0-9,]+ client", "masked N client")))
                .containsExactly(
                        log + ": 10,000 lines, format combined (found)",
                        "read 10,000 = imported 10,000 + rejected 0",
                        "out of order, sorted: 4,915",
                        "without a whole referer and user agent, imported without: 1",
                        "masked N client, 198 email, 6 named",
                        "from 2015-05-17T10:05:00Z to 2015-05-20T21:05:59Z; placed within the second with seed 1");

        TraceStatistics statistics = Inspection.of(trace).statistics();
        assertThat(statistics.requests()).isEqualTo(10_000);
        assertThat(statistics.outOfOrder()).isZero();
        assertThat(statistics.methods()).isEqualTo(Map.of("GET", 9_952L, "HEAD", 42L, "POST", 5L, "OPTIONS", 1L));
        assertThat(statistics.clients().distinct()).isEqualTo(1_753);
        TraceStatistics.Count busiest = statistics.clients().top().get(0);
        assertThat(busiest.key()).startsWith("66.249.73.");
        assertThat(busiest.requests()).isEqualTo(482);
    }

    @Test
    void theSortingMemoryChangesNothing() throws Exception {
        Path one = folder.resolve("one.trace");
        Path two = folder.resolve("two.trace");
        ImportOptions options = ImportOptions.defaults();
        TraceImport.run(List.of(log), one, options);
        TraceImport.run(List.of(log), two, options.withSortBytes(100_000));

        assertThat(two).hasSameBinaryContentAs(one);
    }
}
