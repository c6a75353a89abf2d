package io.tierdrill.recorder.files;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks at all paths before anything is read, and reports everything wrong with them at once. */
public final class InputCheck {
    private InputCheck() {}

    /**
     * What the inputs are, for messages.
     *
     * @param word in short: {@code log}
     * @param kind in full: {@code access log}
     * @param article of the kind: {@code an}
     */
    public record Noun(String word, String kind, String article) {
        private String help() {
            return "Give the path of " + article + " " + kind + ".";
        }
    }

    public static void check(List<Path> inputs, Path output, Noun noun) throws IOException, BadInputException {
        Problems problems = new Problems();
        if (inputs.isEmpty())
            problems.add(new Problem(
                    "import", "", "no " + noun.word() + " was given", "Give one or more " + noun.kind() + "s."));
        for (Path input : inputs) input(input, output, noun, problems);
        output(output, problems);
        problems.throwIfAny();
    }

    /** For inputs that are no files. */
    public static void checkOutput(Path output) throws BadInputException {
        Problems problems = new Problems();
        output(output, problems);
        problems.throwIfAny();
    }

    private static void input(Path input, Path output, Noun noun, Problems problems) throws IOException {
        if (!Files.exists(input)) problems.add(new Problem(input.toString(), "", "there is no such file", noun.help()));
        else if (Files.isDirectory(input))
            problems.add(new Problem(input.toString(), "", "is a directory", noun.help()));
        else if (!Files.isReadable(input))
            problems.add(new Problem(input.toString(), "", "may not be read by this user", noun.help()));
        else if (Files.exists(output) && Files.isSameFile(input, output))
            problems.add(new Problem(
                    input.toString(),
                    "",
                    "is both a " + noun.word() + " to read and the trace to write",
                    "Write to another file."));
    }

    private static void output(Path output, Problems problems) {
        Path folder = output.toAbsolutePath().getParent();
        if (Files.isDirectory(output))
            problems.add(new Problem(output.toString(), "", "is a directory", "Give the path of the trace to write."));
        else if (folder == null || !Files.isDirectory(folder))
            problems.add(
                    new Problem(output.toString(), "", "the folder " + folder + " does not exist", "Make it first."));
        else if (!Files.isWritable(folder))
            problems.add(new Problem(
                    output.toString(), "", "the folder " + folder + " may not be written", "Write to another one."));
    }
}
