package io.tierdrill.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.FirstScreen;
import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.time.NanoClock;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plants a bottleneck that we know, with real processes, and asks whether the verdict names it. */
class PlantsTest {
    @TempDir
    Path folder;

    private int runs;

    @ParameterizedTest(name = "{0} is blamed on {1}, {2}")
    @CsvSource({
        "slow-service, service, cpu",
        "service-concurrency, service, concurrency",
        "l7-cpu, l7, cpu",
        "l4-table, l4, connection-table"
    })
    void namesThePlantedBottleneck(String plant, String tier, String resource) throws Exception {
        Verdict verdict = measured(plant);

        assertThat(verdict.status()).as(FirstScreen.text(verdict)).isEqualTo(Status.NO_GO);
        Bottleneck bottleneck = verdict.bottleneck().orElseThrow(() -> new AssertionError(FirstScreen.text(verdict)));
        assertThat(bottleneck.tier()).as(FirstScreen.text(verdict)).isEqualTo(tier);
        assertThat(bottleneck.resource()).as(FirstScreen.text(verdict)).isEqualTo(resource);
    }

    @Test
    void findsNothingSaturatedWhereNothingIsPlanted() throws Exception {
        Verdict verdict = measured("healthy");

        assertThat(verdict.status()).as(FirstScreen.text(verdict)).isEqualTo(Status.GO);
        assertThat(verdict.bottleneck()).as(FirstScreen.text(verdict)).isEmpty();
    }

    @Test
    void blamesNoTierWhenTheInjectorWasStarved() throws Exception {
        Verdict verdict = rehearse("starved-injector");

        assertThat(verdict.status()).as(FirstScreen.text(verdict)).isEqualTo(Status.INVALID);
        assertThat(verdict.bottleneck()).as(FirstScreen.text(verdict)).isEmpty();
        assertThat(verdict.headline()).contains("injector");
    }

    /** A measurement that others on the machine spoiled says nothing, here as anywhere: it is made again, twice at most. */
    private Verdict measured(String plant) throws Exception {
        Verdict verdict = rehearse(plant);
        for (int again = 0; again < 2 && verdict.status() == Status.INVALID; again++) verdict = rehearse(plant);
        return verdict;
    }

    private Verdict rehearse(String plant) throws Exception {
        Scenario scenario = ScenarioFile.read(Path.of("plants", plant + ".yaml"), Overrides.none());
        RunFolder run = RunFolder.create(folder.resolve(plant + "-" + ++runs));
        return new Experiment(NanoClock.system(), Clock.systemUTC(), Rehearsal.unwatched()).run(scenario, run);
    }
}
