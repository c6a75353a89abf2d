package io.tierdrill.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.targets.process.ChildCommand;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of the process that runs a stack, nothing of the stack outlives it. */
class OrphanTest {
    @TempDir
    private Path folder;

    @Test
    void leavesNothingRunningWhenItsParentIsKilledOutright() throws Exception {
        Process parent = startParent();
        List<ProcessHandle> stack = stackOf(parent);

        parent.destroyForcibly();

        assertThat(parent.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Eventually.until("all of the stack is gone", () -> stack.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void leavesNothingRunningWhenItsParentIsInterrupted() throws Exception {
        Process parent = startParent();
        List<ProcessHandle> stack = stackOf(parent);

        parent.destroy();

        assertThat(parent.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stack).as("gone before the parent is").noneMatch(ProcessHandle::isAlive);
    }

    /** Runs a stack for ever, after printing the pids of its processes. */
    public static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            StackConfig config = StackConfigTest.read(
                    "stack: {l3: {instances: 0}, l4: {instances: 0}, l7: {instances: 0}, service: {instances: 2}}");
            try (Stack stack = Stack.start(
                    config,
                    Path.of(args[0]),
                    new Seeds(1),
                    NanoClock.system(),
                    event -> {},
                    ChildCommand.ofThisJvm())) {
                StringBuilder pids = new StringBuilder();
                for (Member member : stack.members()) pids.append(member.pid()).append(' ');
                System.out.println(pids);
                new CountDownLatch(1).await();
            }
        }
    }

    private Process startParent() throws Exception {
        ChildCommand java = ChildCommand.ofThisJvm();
        return new ProcessBuilder(
                        java.java().toString(), "-cp", java.classPath(), Parent.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<ProcessHandle> stackOf(Process parent) throws Exception {
        BufferedReader said = parent.inputReader();
        String pids = said.readLine();
        assertThat(pids).as("the stack of the parent came up").isNotNull();
        return Arrays.stream(pids.strip().split(" "))
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
    }
}
