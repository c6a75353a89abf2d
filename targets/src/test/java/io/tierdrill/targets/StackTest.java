package io.tierdrill.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Mode;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.targets.process.ChildCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {
    private static final String SERVICE_ONLY =
            "stack: {dns: {instances: 0}, l3: {instances: 0}, l4: {instances: 0}, l7: {instances: 0}, service: {instances: 1}";

    @TempDir
    private Path folder;

    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();

    @Test
    void answersThroughItsFrontDoorWhenItIsUp() throws Exception {
        try (Stack stack = start(SERVICE_ONLY + "}")) {
            Member service = stack.members().get(0);

            assertThat(stack.members()).hasSize(1);
            assertThat(service.id()).isEqualTo(new InstanceId("service", 1));
            assertThat(service.kind()).isEqualTo(TierKind.SERVICE);
            assertThat(events).singleElement().satisfies(up -> {
                assertThat(up.kind()).isEqualTo("start");
                assertThat(up.subject()).isEqualTo("run");
                assertThat(up.message()).matches("1 process is up and answering after \\d+\\.\\d s");
            });
            assertThat(stack.resolver()).isEmpty();
            assertThat(stack.entryHost())
                    .isEqualTo(service.traffic().getAddress().getHostAddress());
            assertThat(stack.entryPort()).isEqualTo(service.traffic().getPort());
            try (var client = new HttpConversation(service.traffic())) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
        }
        assertThat(afterStart()).isEmpty();
    }

    @Test
    void leavesNothingRunningWhenItIsClosed() throws Exception {
        ProcessHandle service;
        try (Stack stack = start(SERVICE_ONLY + "}")) {
            service = handle(stack.members().get(0));
            assertThat(service.isAlive()).isTrue();
        }
        assertThat(service.isAlive()).isFalse();
        assertThat(ownChildren()).isEmpty();
    }

    @Test
    void writesSettingsAndLogOfEachInstance() throws Exception {
        try (Stack stack = start(SERVICE_ONLY + "}")) {
            assertThat(stack.members()).hasSize(1);
            assertThat(folder.resolve("service-1.yaml")).content().startsWith("instances: 1\n");
            assertThat(folder.resolve("service-1.log")).exists();
        }
    }

    @Test
    void reportsACrashWithItsStatusAndTheLastWords() throws Exception {
        try (Stack stack = start(SERVICE_ONLY + "}")) {
            Files.writeString(folder.resolve("service-1.log"), "first words\nlast words\n\n");

            handle(stack.members().get(0)).destroyForcibly();

            Eventually.until("the crash is seen", () -> !afterStart().isEmpty());
            RunEvent crash = afterStart().get(0);
            assertThat(crash.kind()).isEqualTo("crash");
            assertThat(crash.subject()).isEqualTo("service/1");
            assertThat(crash.message()).matches("exited with 137 after \\d+\\.\\d s; last line of its log: last words");
        }
        assertThat(afterStart()).hasSize(1);
    }

    @Test
    void startsACrashedInstanceAgainAtItsAddressWhereAsked() throws Exception {
        try (Stack stack = start(SERVICE_ONLY + ", restart: true}")) {
            Member before = stack.members().get(0);

            handle(before).destroyForcibly();

            Eventually.until("it is back", () -> afterStart().size() == 2);
            Member after = stack.members().get(0);
            assertThat(afterStart()).extracting(RunEvent::kind).containsExactly("crash", "restart");
            assertThat(after.pid()).isNotEqualTo(before.pid());
            assertThat(after.traffic()).isEqualTo(before.traffic());
            assertThat(afterStart())
                    .last()
                    .extracting(RunEvent::message)
                    .isEqualTo(
                            "started again at 127.0.4.1:" + after.traffic().getPort() + " as process " + after.pid());
            try (var client = new HttpConversation(after.traffic())) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
        }
        assertThat(ownChildren()).isEmpty();
    }

    @Test
    void givesUpOnAnInstanceThatKeepsCrashing() throws Exception {
        try (Stack stack = start(SERVICE_ONLY + ", restart: true}")) {
            for (int i = 1; i <= Fleet.MOST_RESTARTS; i++) {
                int seen = 2 * i;
                handle(stack.members().get(0)).destroyForcibly();
                Eventually.until("it is back", () -> afterStart().size() == seen);
            }
            handle(stack.members().get(0)).destroyForcibly();
            Eventually.until("it is given up", () -> afterStart().size() == 2 * Fleet.MOST_RESTARTS + 2);
        }
        assertThat(afterStart())
                .last()
                .extracting(RunEvent::message)
                .isEqualTo("is not started again: it ended 6 times");
    }

    @Test
    void whatIsDoneToItOnPurposeIsADrillAndNoCrash() throws Exception {
        InstanceId service = new InstanceId("service", 1);
        try (Stack stack = start(SERVICE_ONLY + "}")) {
            Member before = stack.members().get(0);
            assertThat(stack.isWhole()).isTrue();

            stack.perform(DrillAction.HANG, service);
            assertThat(stack.isWhole()).isFalse();
            Eventually.until("it stands still", () -> isStopped(before));
            stack.perform(DrillAction.RESUME, service);
            Eventually.until("it goes on", () -> !isStopped(before));
            assertThat(stack.isWhole()).isTrue();

            stack.perform(DrillAction.KILL, service);
            Eventually.until("it is dead", () -> !stack.isWhole());
            assertThatThrownBy(() -> stack.perform(DrillAction.HANG, service)).hasMessage("is not running");
            stack.perform(DrillAction.RESTART, service);
            Eventually.until("it is back", stack::isWhole);
            Eventually.until("that is told", () -> afterStart().size() == 4);

            Member after = stack.members().get(0);
            assertThat(after.traffic()).isEqualTo(before.traffic());
            assertThat(after.pid()).isNotEqualTo(before.pid());
            stack.perform(DrillAction.RESTART, service);
            Eventually.until("it was started again", () -> afterStart().size() == 6);
            try (var client = new HttpConversation(before.traffic())) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
        }
        assertThat(afterStart())
                .extracting(RunEvent::kind)
                .containsExactly("drill", "drill-end", "drill", "restart", "drill", "restart");
        assertThat(afterStart()).first().satisfies(hung -> {
            assertThat(hung.subject()).isEqualTo("service/1");
            assertThat(hung.message()).isEqualTo("hung as planned");
        });
        assertThat(ownChildren()).isEmpty();
    }

    @Test
    void endsWhatHangsWhenItIsClosed() throws Exception {
        long begin;
        try (Stack stack = start(SERVICE_ONLY + "}")) {
            stack.perform(DrillAction.HANG, new InstanceId("service", 1));
            begin = NanoClock.system().nanos();
        }
        assertThat(NanoClock.system().nanos() - begin)
                .as("it is not asked first: it would not hear")
                .isLessThan(1_900_000_000L);
        assertThat(ownChildren()).isEmpty();
    }

    /** T in /proc; each thread stops for itself, a moment after the signal. */
    private static boolean isStopped(Member member) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(member.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Test
    void failsWithTheReasonAndLeavesNothingBehindWhenAnInstanceDoesNotStart() {
        ChildCommand broken = ChildCommand.ofThisJvm().with("-Xss1k");

        assertThatThrownBy(() -> start("stack: {}", broken))
                .isInstanceOf(IOException.class)
                .message()
                .matches("(?s)\\w+/\\d exited with 1 before the stack was up; the end of its log \\(" + folder
                        + "/\\w+-\\d\\.log\\):\n  .*Could not create the Java Virtual Machine.*");
        assertThat(ownChildren()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void failsWithTheLastAnswerWhenNoRequestGetsThrough() {
        String yaml = """
                stack:
                  dns: {instances: 0}
                  l3: {instances: 0}
                  l4: {instances: 0}
                  l7: {instances: 1, responseTimeout: 50ms}
                  service: {instances: 1, delay: 9m}
                """;
        // Each look at this clock costs five seconds, so that its half minute is soon over.
        var looks = new AtomicLong();
        NanoClock fast = () -> Duration.ofSeconds(5 * looks.incrementAndGet()).toNanos();

        assertThatThrownBy(() -> Stack.start(
                        StackConfigTest.read(yaml), folder, new Seeds(1), fast, events::add, ChildCommand.ofThisJvm()))
                .isInstanceOf(IOException.class)
                .message()
                .matches("no request got through from 127\\.0\\.3\\.1:\\d+ within 30 s:"
                        + " the answer was HTTP/1\\.1 504 Gateway Timeout; all logs are empty");
        assertThat(ownChildren()).isEmpty();
    }

    @Test
    void failsWhenAnInstanceStaysSilent() throws Exception {
        Path silent = Files.writeString(folder.resolve("java"), "#!/bin/sh\necho still thinking >&2\nexec cat\n");
        assertThat(silent.toFile().setExecutable(true)).isTrue();
        var command = new ChildCommand(List.of(), silent, "", List.of(), Map.of());
        var looks = new AtomicLong();
        Path log = folder.resolve("service-1.log");
        // Time stands still until the process has said what it has to say.
        NanoClock fast = () -> Duration.ofSeconds(25 * (isEmpty(log) ? looks.get() : looks.incrementAndGet()))
                .toNanos();

        assertThatThrownBy(() -> Stack.start(
                        StackConfigTest.read(SERVICE_ONLY + "}"), folder, new Seeds(1), fast, events::add, command))
                .isInstanceOf(IOException.class)
                .hasMessage("waited 30 s for service/1 to listen; service/1: the end of its log (" + log
                        + "):\n  still thinking");
        assertThat(ownChildren()).isEmpty();
    }

    private static boolean isEmpty(Path file) {
        try {
            return !Files.exists(file) || Files.size(file) == 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void isDescribedWithTheSettingsOfTheStack() throws Exception {
        try (Stack stack = start(SERVICE_ONLY + "}")) {
            Member member = stack.members().get(0);
            Topology topology = stack.topology(Map.of("stack.service.queue", "s.yaml:3:5", "seed", "s.yaml:1:1"));

            assertThat(topology.mode()).isEqualTo(Mode.EMBEDDED);
            assertThat(topology.settings()).isEqualTo(Map.of("stack.service.queue", "s.yaml:3:5"));
            var process = new Topology.Process(
                    member.id(), member.pid(), "127.0.4.1:" + member.traffic().getPort());
            assertThat(topology.tiers())
                    .containsExactly(new Topology.Node("service", TierKind.SERVICE, List.of(process), false));
        }
    }

    private Stack start(String yaml) throws Exception {
        return start(yaml, ChildCommand.ofThisJvm());
    }

    private Stack start(String yaml, ChildCommand command) throws Exception {
        return Stack.start(StackConfigTest.read(yaml), folder, new Seeds(1), NanoClock.system(), events::add, command);
    }

    private List<RunEvent> afterStart() {
        return events.stream().filter(event -> !event.kind().equals("start")).toList();
    }

    private static ProcessHandle handle(Member member) {
        return ProcessHandle.of(member.pid()).orElseThrow();
    }

    private static List<ProcessHandle> ownChildren() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }
}
