package io.tierdrill.scenarios;

import io.tierdrill.model.tier.Mode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The machine a run was measured on, in words. A number without it means little. */
final class Environment {
    private Environment() {}

    static Map<String, String> describe(Clock clock, Mode mode) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("startedAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("mode", mode.word());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        return facts;
    }
}
