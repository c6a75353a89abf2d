package io.tierdrill.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the load is over time, and of which traces. */
final class ShapeOptions {
    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description =
                    "Requests a second over time, from as many of the trace's users as it takes: a CSV of rates, or "
                            + "constant, ramp, steps, diurnal, spike or countdown with settings, such as "
                            + "ramp:from=100,to=1000,over=60s.")
    private Optional<String> shape;

    @Option(
            names = "--window",
            paramLabel = "FROM-TO",
            description =
                    "This part of the trace alone: offsets such as 5m-15m, or times of day in UTC such as 10:00-10:30.")
    private Optional<String> window;

    @Option(
            names = "--mix",
            paramLabel = "TRACE=SHARE",
            description =
                    "Mix in another trace, its users kept apart: SHARE of the requests (0.3), or its own rate times "
                            + "N (x2). May be given again; TRACE gets what is left.")
    private List<String> mix = List.of();

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    /** Puts the options where the settings of a load have them; replaces the trace by the mix, if there is one. */
    void putInto(Map<String, Object> settings) {
        shape.ifPresent(text -> settings.put("shape", shape(text)));
        window.ifPresent(text -> settings.put("window", text));
        if (mix.isEmpty()) return;
        settings.put("mix", mix((String) settings.remove("trace")));
    }

    private Map<String, Object> shape(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || !text.substring(0, colon).matches("[a-z]+")) return csv(text);
        Map<String, Object> values = new LinkedHashMap<>();
        for (String setting : text.substring(colon + 1).split(",")) {
            int equals = setting.indexOf('=');
            if (equals < 1) throw wrong("--shape", setting, "NAME=VALUE, such as from=100");
            values.put(
                    setting.substring(0, equals).strip(),
                    setting.substring(equals + 1).strip());
        }
        return Map.of(text.substring(0, colon), values);
    }

    private static Map<String, Object> csv(String file) {
        return Map.of("csv", Map.of("file", Path.of(file).toAbsolutePath().toString()));
    }

    private List<Map<String, Object>> mix(String trace) {
        List<Map<String, Object>> parts = new ArrayList<>();
        double shares = 0;
        boolean scaled = false;
        for (String text : mix) {
            int equals = text.lastIndexOf('=');
            String weight = text.substring(equals + 1);
            if (equals < 1 || !weight.matches("x?\\d+(\\.\\d+)?|x?\\.\\d+"))
                throw wrong("--mix", text, "TRACE=SHARE with a share such as 0.3, or TRACE=xN");
            boolean times = weight.startsWith("x");
            scaled |= times;
            if (!times) shares += Double.parseDouble(weight);
            parts.add(part(
                    Path.of(text.substring(0, equals)).toAbsolutePath().toString(),
                    times ? "scale" : "share",
                    times ? weight.substring(1) : weight));
        }
        if (shares >= 1)
            throw new ParameterException(
                    spec.commandLine(),
                    "--mix: shares add up to " + shares + "; they must leave some for " + trace + ".");
        parts.add(0, scaled ? part(trace, "scale", "1") : part(trace, "share", Double.toString(1 - shares)));
        return parts;
    }

    private static Map<String, Object> part(String trace, String weight, String value) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("trace", trace);
        part.put(weight, value);
        return part;
    }

    private ParameterException wrong(String option, String found, String allowed) {
        return new ParameterException(
                spec.commandLine(), option + ": cannot use \"" + found + "\". Allowed: " + allowed + ".");
    }
}
