package io.tierdrill.targets.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets the processes of a stack step aside for the injector. They share the machine with it, and an injector that waits
 * for a processor sends late: on two cores with 14 processes at half load, p99 of its lateness was 3.3 to 3.8 ms among
 * equals and 1.9 to 2.1 ms with the stack in Linux's idle class, p90 0.6 ms and 0.09 ms. Among themselves the tiers
 * stay equals, and what the injector leaves is theirs. Users of a real stack do not wait for its processors to send.
 *
 * <p>They also get a session of their own, where the system can: Ctrl-C on a terminal goes to every process of its
 * foreground group, and a stack that dies while the injector waits for the last answers would be measured as broken. Who
 * ends them is their parent, or its death (see {@link Lifeline}).
 */
final class Courtesy {
    private static final List<String> OWN_SESSION = List.of("setsid");
    private static final List<String> IDLE_CLASS = List.of("chrt", "--idle", "0");
    private static final long PATIENCE_SECONDS = 5;

    private Courtesy() {}

    /** What a command is started through: each becomes the next, so that the process id stays. Empty where nothing works. */
    static List<String> launcher() {
        List<String> launcher = new ArrayList<>();
        for (List<String> each : List.of(OWN_SESSION, IDLE_CLASS)) if (works(each)) launcher.addAll(each);
        return launcher;
    }

    private static boolean works(List<String> launcher) {
        List<String> command = new ArrayList<>(launcher);
        command.add("true");
        try {
            Process tried = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (tried.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) return tried.exitValue() == 0;
            tried.destroyForcibly();
            return false;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
