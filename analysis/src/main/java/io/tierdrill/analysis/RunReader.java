package io.tierdrill.analysis;

import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.observed.RunData;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.EventLog;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RequestSampleReader;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.run.SampleReader;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.tier.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings a run folder into memory. */
final class RunReader {
    private RunReader() {}

    static RunData read(RunFolder folder) throws IOException, BadInputException {
        Problems problems = new Problems();
        ConfigNode scenario = ConfigFile.read(folder.scenario(), problems);
        String name = scenario.text("name", "");
        long seed = scenario.whole("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE);
        SloConfig slo = SloConfig.from(scenario.object("slo"));
        problems.throwIfAny();
        return new RunData(
                name,
                seed,
                slo.objective(),
                RunFiles.read(folder.topology(), Topology.class),
                RunFiles.read(folder.injection(), Injection.class),
                requests(folder.requests()),
                SampleReader.read(folder.samples()),
                events(folder.events()),
                environment(folder.path().resolve("environment.json")));
    }

    private static Requests requests(Path path) throws IOException, BadInputException {
        Requests requests = new Requests();
        try (RequestSampleReader reader = RequestSampleReader.open(path)) {
            reader.forEachRemaining(requests::add);
        } catch (UncheckedIOException damaged) {
            throw damaged.getCause();
        }
        return requests;
    }

    private static List<RunEvent> events(Path path) throws IOException, BadInputException {
        return Files.exists(path) ? EventLog.read(path) : List.of();
    }

    private static SortedMap<String, String> environment(Path path) throws IOException, BadInputException {
        SortedMap<String, String> environment = new TreeMap<>();
        if (!Files.exists(path)) return environment;
        Map<?, ?> written = RunFiles.read(path, Map.class);
        written.forEach((name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
        return environment;
    }
}
