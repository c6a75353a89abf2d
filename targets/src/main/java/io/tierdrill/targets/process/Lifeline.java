package io.tierdrill.targets.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The child's end of the conversation with its parent. Its standard input is the lifeline: whatever kills the parent,
 * even {@code kill -9}, ends it.
 */
public final class Lifeline {
    static final String WIRE = "WIRE";
    static final String WIRED = "WIRED";

    private Lifeline() {}

    /**
     * Announces the child, then obeys until the parent is gone; returns then. Runs on the calling thread.
     *
     * @param wire told the addresses of the tier below, each time the parent sends them
     */
    public static void follow(
            Ready ready, BufferedReader fromParent, PrintStream toParent, Consumer<List<InetSocketAddress>> wire) {
        say(toParent, ready.line());
        try {
            for (String line = fromParent.readLine(); line != null; line = fromParent.readLine()) {
                if (!line.startsWith(WIRE)) continue;
                wire.accept(addresses(line));
                say(toParent, WIRED);
            }
        } catch (IOException broken) {
            // A broken pipe means the same as a closed one: nobody is there any more.
        }
    }

    static String wireLine(List<InetSocketAddress> downstream) {
        var line = new StringBuilder(WIRE);
        for (InetSocketAddress address : downstream) line.append(' ').append(HostPort.format(address));
        return line.toString();
    }

    private static List<InetSocketAddress> addresses(String line) {
        return Arrays.stream(line.split(" ")).skip(1).map(HostPort::parse).toList();
    }

    private static void say(PrintStream toParent, String line) {
        toParent.println(line);
        toParent.flush();
    }
}
