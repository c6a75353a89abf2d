package io.tierdrill.scenarios.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tierdrill.analysis.score.Group;
import io.tierdrill.analysis.score.Half;
import io.tierdrill.model.config.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixFileTest {
    private static final String HEAD = """
            name: some
            bases:
              - {name: small, scenario: base.yaml, holds: 400/s}
            confounders:
              - {name: hot-l7, set: {stack.l7.cpuPerRequest: 1ms}}
            cells:
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeBase() throws Exception {
        file = folder.resolve("matrix.yaml");
        Files.copy(Path.of("matrix/bases/small.yaml"), folder.resolve("base.yaml"));
    }

    private Matrix read(String cells) throws Exception {
        Files.writeString(file, HEAD + cells);
        return MatrixFile.read(file);
    }

    private String complaint(String text) throws Exception {
        Files.writeString(file, text);
        return catchThrowableOfType(BadInputException.class, () -> MatrixFile.read(file))
                .getMessage()
                .replace(file.toString(), "matrix.yaml");
    }

    @Test
    void anEntryIsARunOfEachSeverityWithEachSeedAndConfoundersGoRound() throws Exception {
        Matrix matrix = read("""
                  - name: service-cpu
                    half: report
                    base: small
                    severities:
                      - {name: mild, set: {stack.service.cpuPerRequest: 3ms}}
                      - {name: hard, set: {stack.service.cpuPerRequest: 6ms}}
                    confounders: [none, hot-l7]
                    seeds: [1, 2, 3]
                    expect: [{tier: service, class: [cpu, slow-instance]}]
                """);

        assertThat(matrix.cells())
                .extracting(Cell::id)
                .containsExactly(
                        "service-cpu/mild/none/1",
                        "service-cpu/mild/hot-l7/2",
                        "service-cpu/mild/none/3",
                        "service-cpu/hard/none/1",
                        "service-cpu/hard/hot-l7/2",
                        "service-cpu/hard/none/3");
        assertThat(matrix.cells()).extracting(Cell::perSecond).containsOnly(0.85 * 400);
        assertThat(matrix.cells().get(4).controlId()).isEqualTo("small/hot-l7/2");
        assertThat(matrix.cells().get(4).whole().settings())
                .containsEntry("stack.l7.cpuPerRequest", "1ms")
                .containsEntry("stack.service.cpuPerRequest", "6ms");
    }

    @Test
    void theScenarioOfARunTellsNothingOfItsPlant() throws Exception {
        Cell cell = read("""
                          - name: service-cpu
                            half: report
                            base: small
                            severities: [{name: hard, set: {stack.service.cpuPerRequest: 6ms}}]
                            expect: [{tier: service, class: cpu}]
                        """).cells().get(0);

        var scenario =
                cell.base().with(cell.whole(), cell.perSecond(), 7, Duration.ofSeconds(2), Duration.ofSeconds(8));

        assertThat(scenario.name()).isEqualTo("evaluated");
        assertThat(scenario.description()).isEmpty();
        assertThat(scenario.seed()).isEqualTo(7);
        assertThat(scenario.toMap().toString()).doesNotContain("service-cpu", "hard", "plant");
        assertThat(scenario.places().values()).allMatch(place -> place.startsWith("scenario.yaml:"));
        // Long enough for a p99 at 340 a second.
        assertThat(scenario.duration().toMillis()).isEqualTo(9_706);
    }

    @Test
    void healthyRunsGoRoundTheirLoads() throws Exception {
        Matrix matrix = read("""
                  - {name: calm, group: healthy, half: tune, base: small, loads: [0.3, 0.7], seeds: [1, 2, 3]}
                """);

        assertThat(matrix.cells()).extracting(Cell::load).containsExactly(0.3, 0.7, 0.3);
        assertThat(matrix.cells()).noneMatch(Cell::needsControl);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(complaint("name: empty\n")).isEqualToNormalizingNewlines("""
                        matrix.yaml:1:1: bases: is missing
                          List the stacks to plant in: 'bases:'.
                        matrix.yaml:1:1: cells: is missing
                          List what to plant: 'cells:'.
                        2 problems; nothing was started.""");
    }

    @Test
    void saysWhatIsWrongWithACellAndWhere() throws Exception {
        assertThat(complaint(HEAD + """
                          - name: odd
                            half: report
                            base: smal
                            engine: haproxy
                            confounders: [hot-l8]
                            severities: [{name: hard, set: {stack.l7.pending: 0}}]
                            seeds: [one]
                            loads: [0.5]
                        """)).isEqualToNormalizingNewlines("""
                        matrix.yaml:10:5: cells[0].engine: cannot run "haproxy"
                          Only 'reference', the bundled stack, runs today.
                        matrix.yaml:9:5: cells[0].base: no base is called "smal"
                          Known: small. Did you mean small?
                        matrix.yaml:11:5: cells[0].confounders: no confounder is called "hot-l8"
                          Known: none, hot-l7. Did you mean hot-l7?
                        matrix.yaml:13:5: cells[0].seeds: cannot use "one"
                          Allowed: whole numbers.
                        matrix.yaml:14:5: cells[0].loads: belongs to healthy cells
                          A plant is tried at 0.85 of what its base holds.
                        matrix.yaml:7:5: cells[0].expect: names 0 culprits, and a planted cell has 1
                          Name the knob whose release restores the capacity.
                        6 problems; nothing was started.""");
    }

    @Test
    void triesOutEverySettingBeforeAnythingStarts() throws Exception {
        assertThat(complaint(HEAD + """
                          - name: typo
                            half: tune
                            base: small
                            severities: [{name: hard, set: {stack.l7.pendin: 0}}]
                            expect: [{tier: l7, class: queue}]
                        """)).isEqualToNormalizingNewlines("""
                        matrix.yaml:7:5: cells: typo/hard/none/1 sets stack.l7.pendin: unknown setting
                          Known: instances, policy, cpuPerRequest, connectionsPerUpstream, pending, queueTimeout, \
                        responseTimeout, idleTimeout, healthCheck, tls, http2, serverTiming, transparent, record. \
                        Did you mean pending?
                        1 problem; nothing was started.""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"slice", "full"})
    void readsWhatShips(String matrix) throws Exception {
        Matrix read = MatrixFile.read(Path.of("matrix", matrix + ".yaml"));

        assertThat(read.cells().size()).isBetween(matrix.equals("slice") ? 40 : 290, matrix.equals("slice") ? 40 : 330);
        assertThat(read.cells().stream().map(Cell::half).distinct()).hasSize(2);
        assertThat(read.cells().stream().map(Cell::group).distinct()).hasSize(4);
    }

    private static Matrix shipped(String name) throws Exception {
        return MatrixFile.read(Path.of("matrix", name + ".yaml"));
    }

    private static List<Cell> planted(Matrix matrix) {
        return matrix.cells().stream()
                .filter(cell -> cell.group() == Group.PLANTED)
                .toList();
    }

    @Test
    void theSliceHasEveryPlantAndEachHalfHasSomeOfAll() throws Exception {
        Matrix slice = shipped("slice");

        assertThat(planted(slice))
                .extracting(Cell::name)
                .containsExactlyInAnyOrderElementsOf(planted(shipped("full")).stream()
                        .map(Cell::name)
                        .distinct()
                        .toList());
        for (Half half : Half.values()) {
            List<Cell> cells =
                    slice.cells().stream().filter(c -> c.half() == half).toList();
            List<Cell> planted =
                    cells.stream().filter(c -> c.group() == Group.PLANTED).toList();
            assertThat(cells).extracting(Cell::group).contains(Group.values());
            assertThat(planted).filteredOn(c -> c.severity().equals("mild")).hasSizeBetween(5, 6);
            assertThat(planted).filteredOn(c -> c.severity().equals("hard")).hasSizeBetween(5, 7);
            assertThat(planted)
                    .filteredOn(c -> !c.disguise().equals(CellReader.NONE))
                    .hasSizeGreaterThanOrEqualTo(4);
            assertThat(planted).extracting(c -> c.truths().get(0).tier()).contains("l4", "l7", "service");
        }
    }

    @Test
    void theSliceHasTimeToMakeEveryRunAgainInFortyMinutes() throws Exception {
        Matrix slice = shipped("slice");
        Pace pace = new Pace();
        for (Cell cell : slice.cells()) {
            pace.plan(cell.id(), cell.sending(slice));
            if (cell.needsControl()) pace.plan(cell.controlId(), cell.controlSending(slice));
        }

        assertThat(pace.left().multipliedBy(2)).isLessThan(Duration.ofMinutes(40));
    }
}
