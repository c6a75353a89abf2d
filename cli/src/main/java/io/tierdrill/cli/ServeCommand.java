package io.tierdrill.cli;

import io.tierdrill.targets.InstanceMain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One tier as a process of its own, for stacks put together by hand. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs one instance of a tier until it is stopped.",
        footer = {
            "",
            "Example:  tierdrill serve service --listen 127.0.0.1:8081",
            "          tierdrill serve l7 --listen 127.0.0.1:8080 --downstream 127.0.0.1:8081"
        })
final class ServeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TIER", description = "dns, l3, l4, l7 or service.")
    private String kind;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            description = "Where to take traffic; port 0 picks a free one. Default: ${DEFAULT-VALUE}.")
    private String listen;

    @Option(
            names = "--downstream",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "The instances below, separated by commas. For dns: the addresses to answer with.")
    private List<String> downstream = List.of();

    @Option(names = "--config", paramLabel = "FILE", description = "YAML with the settings of this tier.")
    private String config;

    @Option(names = "--name", paramLabel = "NAME", description = "Such as l7/2. Default: TIER/1.")
    private String name;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        List<String> args = new ArrayList<>(List.of(kind, "--listen", listen, "--seed", Long.toString(seed)));
        args.addAll(List.of("--name", name == null ? kind + "/1" : name));
        if (config != null) args.addAll(List.of("--config", config));
        if (!downstream.isEmpty()) args.addAll(List.of("--downstream", String.join(",", downstream)));
        InstanceMain.serve(args.toArray(new String[0]));
        return ExitStatus.GO;
    }
}
