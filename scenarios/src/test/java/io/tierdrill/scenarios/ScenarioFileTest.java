package io.tierdrill.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioFileTest {
    private static final String SMALL = """
            name: small
            load:
              pattern: {rate: 10, paths: [{path: /}]}
            stack:
              service: {instances: 1}
            slo: {p99: 100ms}
            """;

    @TempDir
    Path folder;

    static Stream<Path> shipped() throws IOException {
        Path matrices = Path.of(".", "matrix"); // What lies there is no scenario; its bases are.
        try (Stream<Path> files = Files.walk(Path.of("."), 3)) {
            return files
                    .filter(f -> f.toString().endsWith(".yaml"))
                    .filter(f -> !f.startsWith("./target") && !f.getParent().equals(matrices))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void readsEveryShippedScenarioAndItsOwnResolvedForm(Path file) throws Exception {
        Scenario scenario = ScenarioFile.read(file, Overrides.none());

        Path resolved = Files.writeString(folder.resolve("scenario.yaml"), ConfigFile.write(scenario.toMap()));

        assertThat(ScenarioFile.read(resolved, Overrides.none()).toMap()).isEqualTo(scenario.toMap());
    }

    @Test
    void letsTheCommandLineOverrideSeedDurationAndScale() throws Exception {
        Path file = Files.writeString(folder.resolve("small.yaml"), SMALL);
        Overrides overrides =
                new Overrides(Optional.of(3.0), Optional.of(Duration.ofSeconds(7)), Optional.of(99L), Optional.empty());

        Scenario scenario = ScenarioFile.read(file, overrides);

        assertThat(scenario.seed()).isEqualTo(99);
        assertThat(scenario.duration()).isEqualTo(Duration.ofSeconds(7));
        assertThat(scenario.load())
                .isEqualTo(ScenarioFile.read(file, Overrides.none()).load().scaledBy(3));
    }

    @Test
    void remembersWhereEverySettingIsWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("small.yaml"), SMALL);

        assertThat(ScenarioFile.read(file, Overrides.none()).places())
                .containsEntry("stack.service.instances", file + ":5:13");
    }

    @Test
    void reportsAllProblemsAtOnceWithTheirPlaces() throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), """
                name: wrong
                duration: soon
                load:
                  pattern: {rate: 10, paths: [{path: /}]}
                stack:
                  l7: {policy: round-robbin}
                  service: {instances: many}
                  l5: {}
                slo: {p99: 100ms}
                colour: blue
                """);

        BadInputException wrong =
                catchThrowableOfType(BadInputException.class, () -> ScenarioFile.read(file, Overrides.none()));

        assertThat(wrong.getMessage().lines())
                .containsExactly(
                        file + ":2:11: duration: cannot use \"soon\"",
                        "  Allowed: a number with a unit: ns, us, ms, s, m or h, such as 250ms or 1.5s.",
                        file + ":6:16: stack.l7.policy: unknown value \"round-robbin\"",
                        "  Known: round-robin, least-request. Did you mean round-robin?",
                        file + ":7:24: stack.service.instances: cannot use \"many\"",
                        "  Allowed: a whole number from 1 to 64.",
                        file + ":8:3: stack.l5: unknown setting",
                        "  Known: dns, l3, l4, l7, service, restart. Did you mean l3?",
                        file + ":10:1: colour: unknown setting",
                        "  Known: name, description, seed, warmup, duration, load, target, stack, events, slo.",
                        "5 problems; nothing was started.");
    }

    @Test
    void saysWhatAnEmptyScenarioLacks() throws Exception {
        Path file = Files.writeString(folder.resolve("empty.yaml"), "seed: 3\n");

        BadInputException wrong =
                catchThrowableOfType(BadInputException.class, () -> ScenarioFile.read(file, Overrides.none()));

        assertThat(wrong.getMessage())
                .contains(file + ":1:1: name: is missing")
                .contains(file + ":1:1: load: is missing")
                .contains(file + ":1:1: stack: is missing, and so is target");
    }

    @Test
    void refusesATargetThatNobodyAllowed() throws Exception {
        Path file = Files.writeString(folder.resolve("foreign.yaml"), """
                name: foreign
                load:
                  pattern: {rate: 10, paths: [{path: /}]}
                target:
                  url: http://shop.example:8080
                slo: {p99: 100ms}
                """);

        BadInputException refused =
                catchThrowableOfType(BadInputException.class, () -> ScenarioFile.read(file, Overrides.none()));

        assertThat(refused.getMessage().lines())
                .containsExactly(
                        file + ":5:3: target.url: \"shop.example\" is not allowed as a target",
                        "  Loopback is always allowed. If this host is yours to load, list it: 'allow: [shop.example]'.",
                        "1 problem; nothing was started.");
    }

    @Test
    void takesLoopbackAndAllowedHostsAsTargets() {
        assertThat(List.of("http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost", "http://127.9.9.9:1"))
                .allMatch(url ->
                        TargetConfig.parse(url, List.of(), false).orElseThrow().permitted());
        assertThat(List.of(
                        "http://10.0.0.1", "http://128.0.0.1", "http://localhost.example", "http://127.0.0.1.example"))
                .noneMatch(url ->
                        TargetConfig.parse(url, List.of(), false).orElseThrow().permitted());
        TargetConfig secure =
                TargetConfig.parse("https://127.0.0.1", List.of(), false).orElseThrow();
        assertThat(secure.secure()).isTrue();
        assertThat(secure.port()).isEqualTo(443);
        assertThat(secure.toMap()).containsEntry("url", "https://127.0.0.1:443");
        assertThat(TargetConfig.parse("http://shop.example", List.of("SHOP.example"), false)
                        .orElseThrow()
                        .permitted())
                .isTrue();
        assertThat(List.of(
                        "ftp://127.0.0.1",
                        "127.0.0.1:80",
                        "http://127.0.0.1/path",
                        "http://127.0.0.1:99999",
                        "http://a b"))
                .allMatch(url -> TargetConfig.parse(url, List.of(), false).isEmpty());
    }
}
