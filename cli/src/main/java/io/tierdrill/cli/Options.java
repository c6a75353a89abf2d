package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What several commands ask of their options. */
final class Options {
    /** Settings whose option is called otherwise. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "tls.sni", "--tls-name",
            "tls.verify", "--tls-insecure",
            "connections.mode", "--connections",
            "connections.size", "--connections",
            "resolvers.server", "--dns",
            "resolvers.count", "--resolvers");

    private Options() {}

    static final class DurationOption implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return DurationText.parse(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "cannot use \"" + text + "\". Allowed: " + DurationText.ALLOWED + "."));
        }
    }

    /** Problems of settings that were options, told of the options. */
    static void throwIfAny(CommandSpec spec, Problems problems) throws BadInputException {
        if (!problems.any()) return;
        throw new BadInputException(
                problems.all().stream().map(p -> asOption(spec, p)).toList());
    }

    private static Problem asOption(CommandSpec spec, Problem p) {
        String words = p.path()
                .replaceAll("\\[\\d+]$", "")
                .replaceAll("([A-Z])", "-$1")
                .replace('.', '-');
        String option = OTHERWISE.getOrDefault(p.path(), "--" + words.toLowerCase(Locale.ROOT));
        return spec.optionsMap().containsKey(option) ? new Problem(option, "", p.what(), p.help()) : p;
    }

    static void aboveZero(CommandSpec spec, String option, Optional<Double> value) {
        value.filter(v -> !(v > 0) || v.isInfinite()).ifPresent(v -> {
            throw new ParameterException(
                    spec.commandLine(), option + ": cannot use \"" + v + "\". Allowed: a number above 0.");
        });
    }

    static void withinDay(CommandSpec spec, String option, Optional<Duration> value) {
        value.filter(v -> v.toMillis() < 100 || v.compareTo(Duration.ofHours(24)) > 0)
                .ifPresent(v -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            option + ": cannot use \"" + DurationText.format(v) + "\". Allowed: from 100ms to 24h.");
                });
    }
}
