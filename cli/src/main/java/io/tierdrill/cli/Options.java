package io.tierdrill.cli;

import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What several commands ask of their options. */
final class Options {
    private Options() {}

    static final class DurationOption implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return DurationText.parse(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "cannot use \"" + text + "\". Allowed: " + DurationText.ALLOWED + "."));
        }
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
