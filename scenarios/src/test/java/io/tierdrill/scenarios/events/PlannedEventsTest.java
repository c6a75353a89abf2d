package io.tierdrill.scenarios.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.scenarios.Overrides;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.ScenarioFile;
import io.tierdrill.targets.DrillAction;
import io.tierdrill.targets.StackConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people write under {@code events:}. */
class PlannedEventsTest {
    private static final String SMALL = """
            name: small
            duration: 30s
            load: {pattern: {rate: 10, paths: [{path: /}]}}
            stack:
              dns: {instances: 0}
              l3: {instances: 1}
              l4: {instances: 2}
              l7: {instances: 2}
              service: {instances: 3}
            slo: {p99: 100ms}
            """;

    @TempDir
    Path folder;

    private Scenario read(String events) throws Exception {
        Path file = Files.writeString(folder.resolve("s.yaml"), SMALL + events);
        return ScenarioFile.read(file, Overrides.none());
    }

    @Test
    void areReadInTheOrderOfTheirTimesAndWrittenBack() throws Exception {
        Scenario scenario = read("""
                events:
                  - {at: 20s, resume: l7/2}
                  - at: 10s
                    hang: l7/2
                  - {at: 0s, kill: l4}
                  - {at: 25s, drain: service/3}
                  - {at: 29s, restart: l4}
                """);

        assertThat(scenario.events())
                .containsExactly(
                        new PlannedEvent(Duration.ZERO, DrillAction.KILL, "l4"),
                        new PlannedEvent(Duration.ofSeconds(10), DrillAction.HANG, "l7/2"),
                        new PlannedEvent(Duration.ofSeconds(20), DrillAction.RESUME, "l7/2"),
                        new PlannedEvent(Duration.ofSeconds(25), DrillAction.DRAIN, "service/3"),
                        new PlannedEvent(Duration.ofSeconds(29), DrillAction.RESTART, "l4"));
        Path resolved = Files.writeString(folder.resolve("resolved.yaml"), ConfigFile.write(scenario.toMap()));
        assertThat(ScenarioFile.read(resolved, Overrides.none()).events()).isEqualTo(scenario.events());
    }

    @Test
    void tellEverythingThatIsWrongWithThemAtOnce() {
        BadInputException wrong = catchThrowableOfType(BadInputException.class, () -> read("""
                events:
                  - {at: 60s, kill: l4/1}
                  - {at: 5s, kill: l4/3}
                  - {at: 5s, hang: l5}
                  - {at: 5s, explode: l4/1}
                  - {at: 5s, kill: l4/1, hang: l4/2}
                  - {kill: l4/1}
                  - {at: 5s, drain: l3/1}
                """));

        Path file = folder.resolve("s.yaml");
        String known =
                "  Known: l3/1, l4/1 to l4/2, l7/1 to l7/2, service/1 to service/3; a tier alone means one instance of"
                        + " it, chosen by the seed.";
        assertThat(wrong.getMessage().lines())
                .containsExactly(
                        file + ":12:6: events[0].at: is outside the run: 1m",
                        "  Allowed: from 0s to less than the duration, 30s.",
                        file + ":13:14: events[1].kill: there is no \"l4/3\" in this stack",
                        known,
                        file + ":14:14: events[2].hang: there is no \"l5\" in this stack",
                        known,
                        file + ":15:5: events[3].kill: is missing, and so is every other act",
                        "  Write one of kill, hang, drain, restart, resume, such as 'kill: l4/1'.",
                        file + ":15:14: events[3].explode: unknown setting",
                        "  Known: at, kill, hang, drain, restart, resume.",
                        file + ":16:26: events[4].hang: stands beside kill",
                        "  Write two events, each with its 'at:'.",
                        file + ":17:5: events[5].at: is missing",
                        "  Say when, counted from the start of the measured time: 'at: 10s'.",
                        file + ":18:14: events[6].drain: l3/1 cannot be drained: no tier in front of it could leave it"
                                + " out",
                        "  Kill, hang or restart it, or drain an instance of a tier below.",
                        "8 problems; nothing was started.");
    }

    @Test
    void cannotHappenToSomebodyElsesStack() throws Exception {
        Path file = Files.writeString(folder.resolve("s.yaml"), """
                name: foreign
                load: {pattern: {rate: 10, paths: [{path: /}]}}
                target: {url: http://127.0.0.1:8080}
                events: [{at: 1s, kill: l7/1}]
                slo: {p99: 100ms}
                """);

        BadInputException wrong =
                catchThrowableOfType(BadInputException.class, () -> ScenarioFile.read(file, Overrides.none()));

        assertThat(wrong.getMessage().lines())
                .containsExactly(
                        file + ":4:1: events: cannot be carried out: the scenario aims at somebody else's stack",
                        "  Leave them out, or write a 'stack:'.",
                        "1 problem; nothing was started.");
    }

    @Test
    void meanTheSameInstanceOfATierForTheSameSeedAndAnyForOthers() throws Exception {
        StackConfig stack = read("").stack().orElseThrow();

        assertThat(LongStream.range(0, 50)
                        .mapToObj(seed -> PlannedEvent.instance("service", stack, new Seeds(seed))
                                .orElseThrow()))
                .containsOnly(new InstanceId("service", 1), new InstanceId("service", 2), new InstanceId("service", 3));
        assertThat(PlannedEvent.instance("service", stack, new Seeds(7)))
                .isEqualTo(PlannedEvent.instance("service", stack, new Seeds(7)));
        assertThat(PlannedEvent.instance("dns/1", stack, new Seeds(7))).isEmpty();
        assertThat(PlannedEvent.instance("l7/01", stack, new Seeds(7))).isEmpty();
    }
}
