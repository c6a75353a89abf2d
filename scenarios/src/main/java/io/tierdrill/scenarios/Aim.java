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
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a run aims at: the bundled stack, brought up for it, or somebody else's.
 *
 * @param places where each setting is written
 * @param stack the stack to take down afterwards; empty for somebody else's
 */
record Aim(Target target, Map<String, String> places, Optional<Stack> stack) implements AutoCloseable {
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
                new Target(t.host(), t.port(), Optional.empty(), t.secure()), scenario.places(), Optional.empty());
    }

    private static Aim bundled(
            StackConfig config, Scenario scenario, RunFolder folder, NanoClock clock, Consumer<RunEvent> events)
            throws IOException, BadInputException, InterruptedException {
        Stack stack = Stack.start(config, folder.instances(), scenario.seeds().child("stack"), clock, events);
        stack.prime(PRIMING);
        return new Aim(
                new Target(stack.entryHost(), stack.entryPort(), stack.resolver()),
                scenario.places(),
                Optional.of(stack));
    }

    /** As it stands now: after a restart, with the new process. */
    Topology topology() {
        return stack.map(s -> s.topology(places)).orElseGet(() -> new Topology(Mode.EXTERNAL, List.of(), places));
    }

    /** The processes to profile as they are now, the injector's own among them. */
    List<Watched> watched() {
        List<Watched> watched = new ArrayList<>();
        watched.add(injector());
        watched.addAll(tiers());
        return watched;
    }

    /** The same without the injector; nothing is known of the processes of somebody else's stack. */
    List<Watched> tiers() {
        List<Member> members = stack.map(Stack::members).orElse(List.of());
        return members.stream().map(Aim::watched).toList();
    }

    private static Watched watched(Member m) {
        URI metrics = URI.create(
                "http://" + m.admin().getHostString() + ":" + m.admin().getPort() + "/samples");
        return new Watched(m.id(), m.pid(), Optional.of(m.traffic()), Optional.of(metrics));
    }

    private static Watched injector() {
        return new Watched(INJECTOR, ProcessHandle.current().pid(), Optional.empty());
    }

    @Override
    public void close() {
        stack.ifPresent(Stack::close);
    }
}
