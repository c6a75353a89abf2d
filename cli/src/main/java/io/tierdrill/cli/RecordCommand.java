package io.tierdrill.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Live traffic into a trace. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Records live traffic into a trace.",
        subcommands = {RecordTapCommand.class, RecordMirrorCommand.class, RecordCaptureCommand.class})
final class RecordCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Which command? tap, mirror or capture; 'tierdrill record --help' tells them apart.");
    }
}
