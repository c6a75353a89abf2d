package io.tierdrill.scenarios;

import io.tierdrill.load.Target;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Mode;
import io.tierdrill.model.tier.Topology;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.profiler.Watched;
import io.tierdrill.targets.Member;
import io.tierdrill.targets.Stack;
import io.tierdrill.targets.StackConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a run aims at: the bundled stack, brought up for it, or somebody else's.
 *
 * @param stack the stack to take down afterwards; empty for somebody else's
 * @param watched the processes to profile, the injector's own among them
 */
record Aim(Target target, Topology topology, List<Watched> watched, Optional<Stack> stack) implements AutoCloseable {
    private static final Duration PRIMING = Duration.ofSeconds(2);
    static final InstanceId INJECTOR = new InstanceId("injector", 1);

    static String intent(Scenario scenario) {
        return scenario.stack()
                .map(s -> "bringing up " + Scenario.processes(s) + " processes")
                .orElseGet(() -> "aiming at " + scenario.target().orElseThrow().host());
    }

    static Aim take(Scenario scenario, RunFolder folder, NanoClock clock, Consumer<RunEvent> events)
            throws IOException, BadInputException, InterruptedException {
        if (scenario.stack().isPresent()) return bundled(scenario.stack().get(), scenario, folder, clock, events);
        TargetConfig t = scenario.target().orElseThrow();
        return new Aim(
                new Target(t.host(), t.port(), Optional.empty(), t.secure()),
                new Topology(Mode.EXTERNAL, List.of(), scenario.places()),
                List.of(injector()),
                Optional.empty());
    }

    private static Aim bundled(
            StackConfig config, Scenario scenario, RunFolder folder, NanoClock clock, Consumer<RunEvent> events)
            throws IOException, BadInputException, InterruptedException {
        Stack stack = Stack.start(config, folder.instances(), scenario.seeds().child("stack"), clock, events);
        stack.prime(PRIMING);
        List<Watched> watched = new ArrayList<>();
        watched.add(injector());
        for (Member m : stack.members()) {
            URI metrics = URI.create(
                    "http://" + m.admin().getHostString() + ":" + m.admin().getPort() + "/samples");
            watched.add(new Watched(m.id(), m.pid(), Optional.of(m.traffic()), Optional.of(metrics)));
        }
        return new Aim(
                new Target(stack.entryHost(), stack.entryPort(), stack.resolver()),
                stack.topology(scenario.places()),
                watched,
                Optional.of(stack));
    }

    private static Watched injector() {
        return new Watched(INJECTOR, ProcessHandle.current().pid(), Optional.empty());
    }

    @Override
    public void close() {
        stack.ifPresent(Stack::close);
    }
}
