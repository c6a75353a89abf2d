package io.tierdrill.targets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.NearestWord;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.targets.process.HostPort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one instance is told on its command line. Read by hand: a command-line library would cost each of a dozen
 * processes a fifth of its start.
 *
 * @param config its tier's settings; defaults where there is none
 * @param supervised whether a parent speaks to it over standard input and output
 * @param downstream what it is wired to from the start; may be empty
 */
record InstanceArguments(
        TierKind kind,
        InstanceId id,
        InetSocketAddress listen,
        Optional<Path> config,
        long seed,
        boolean supervised,
        List<InetSocketAddress> downstream) {
    private static final List<String> KINDS =
            Arrays.stream(TierKind.values()).map(TierKind::word).toList();
    private static final List<String> OPTIONS =
            List.of("--name", "--listen", "--config", "--seed", "--supervised", "--downstream");

    static InstanceArguments parse(String... args) throws BadInputException {
        var problems = new Problems();
        var parsed = new Reader(problems).read(new ArrayDeque<>(List.of(args)));
        problems.throwIfAny();
        return parsed;
    }

    /** Takes arguments from the front; a wrong one is noted and the reading goes on. */
    private static final class Reader {
        private final Problems problems;
        private TierKind kind = TierKind.SERVICE;
        private Optional<InstanceId> id = Optional.empty();
        private InetSocketAddress listen = HostPort.parse("127.0.0.1:0");
        private Optional<Path> config = Optional.empty();
        private long seed;
        private boolean supervised;
        private List<InetSocketAddress> downstream = List.of();

        Reader(Problems problems) {
            this.problems = problems;
        }

        InstanceArguments read(Deque<String> args) {
            readKind(args.isEmpty() ? "" : args.poll());
            while (!args.isEmpty()) readOption(args.poll(), args);
            return new InstanceArguments(
                    kind, id.orElse(new InstanceId(kind.word(), 1)), listen, config, seed, supervised, downstream);
        }

        private void readKind(String word) {
            if (KINDS.contains(word)) kind = TierKind.values()[KINDS.indexOf(word)];
            else problems.add(new Problem("KIND", "", "unknown value \"" + word + "\"", NearestWord.help(word, KINDS)));
        }

        private void readOption(String option, Deque<String> rest) {
            switch (option) {
                case "--supervised" -> supervised = true;
                case "--name" -> id = Optional.ofNullable(value(option, rest, InstanceId::parse, id.orElse(null)));
                case "--listen" -> listen = value(option, rest, HostPort::parse, listen);
                case "--config" -> config = Optional.ofNullable(value(option, rest, Path::of, null));
                case "--seed" -> seed = value(option, rest, Reader::wholeNumber, seed);
                case "--downstream" -> downstream = value(option, rest, Reader::addresses, downstream);
                default -> problems.add(new Problem(option, "", "unknown option", NearestWord.help(option, OPTIONS)));
            }
        }

        private <T> T value(String option, Deque<String> rest, Function<String, T> parse, T otherwise) {
            if (rest.isEmpty()) {
                problems.add(new Problem(option, "", "its value is missing", ""));
                return otherwise;
            }
            try {
                return parse.apply(rest.poll());
            } catch (IllegalArgumentException wrong) {
                problems.add(new Problem(option, "", wrong.getMessage(), ""));
                return otherwise;
            }
        }

        private static long wholeNumber(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException notOne) {
                throw new IllegalArgumentException("must be a whole number, was \"" + text + "\"", notOne);
            }
        }

        private static List<InetSocketAddress> addresses(String text) {
            return Arrays.stream(text.split(",")).map(HostPort::parse).toList();
        }
    }
}
