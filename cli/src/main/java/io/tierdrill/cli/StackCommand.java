package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Overrides;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.ScenarioFile;
import io.tierdrill.targets.Member;
import io.tierdrill.targets.Stack;
import io.tierdrill.targets.StackConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The bundled stack by itself. */
@Command(
        name = "stack",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "The bundled stack by itself, for other tools to load.",
        subcommands = StackCommand.Up.class)
final class StackCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? 'tierdrill stack up' is the one.");
    }

    /** Brings the stack of a scenario up and keeps it until Ctrl-C. */
    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description = "Brings up the stack of a scenario and keeps it up until Ctrl-C.")
    static final class Up implements Callable<Integer> {
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "SCENARIO",
                description = "Scenario file. Default: the shipped scenarios/quickstart.yaml.")
        private Optional<Path> file;

        @Option(names = "--out", paramLabel = "DIR", description = "Folder for settings and logs. Default: runs/...")
        private Optional<Path> folder;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, BadInputException, InterruptedException {
            Path path = file.orElseGet(ShippedFiles::quickstart);
            Scenario scenario = ScenarioFile.read(path, Overrides.none());
            StackConfig config = scenario.stack()
                    .orElseThrow(() -> new BadInputException(new Problem(
                            path.toString(), "stack", "is missing: this scenario aims at somebody else's", "")));
            RunFolder run = RunFolders.create(folder, "stack-" + scenario.name(), Clock.systemUTC());
            PrintWriter out = spec.commandLine().getOut();
            out.println("bringing up " + Scenario.processes(config) + " processes ...");
            try (Stack stack = Stack.start(
                    config,
                    run.instances(),
                    scenario.seeds().child("stack"),
                    NanoClock.system(),
                    e -> out.println(e.kind() + " " + e.subject() + ": " + e.message()))) {
                show(stack, out);
                new CountDownLatch(1).await();
            }
            return ExitStatus.GO;
        }

        private static void show(Stack stack, PrintWriter out) {
            for (Member m : stack.members())
                out.println(String.format(
                        "  %-10s pid %-8d traffic %-21s metrics http://%s:%d/metrics",
                        m.id(),
                        m.pid(),
                        m.traffic().getHostString() + ":" + m.traffic().getPort(),
                        m.admin().getHostString(),
                        m.admin().getPort()));
            out.println("entry          http://" + stack.entryHost() + ":" + stack.entryPort());
            stack.resolver().ifPresent(r -> out.println("resolver       " + r.getHostString() + ":" + r.getPort()));
            out.println("Ctrl-C takes it down.");
        }
    }
}
